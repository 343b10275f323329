"""The id and address of the running request."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from core.request_context import RequestContextMiddleware, RequestFacts, current_request_facts


def served(given: str | None) -> tuple[str, RequestFacts]:
    """The id returned to the caller and the facts seen inside."""
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(current_request_facts())
        return HttpResponse()

    headers = {} if given is None else {"x-request-id": given}
    response = RequestContextMiddleware(view)(RequestFactory(REMOTE_ADDR="10.0.0.7").get("/", headers=headers))
    return response["X-Request-ID"], seen[0]


@pytest.mark.parametrize("given", ["12345678", "a" * 64, "0190-AbC_d.ef"])
def test_a_well_formed_id_is_kept(given: str) -> None:
    assert served(given) == (given, RequestFacts(ip_address="10.0.0.7", request_id=given))


@pytest.mark.parametrize(
    "given", [None, "", "short", "a" * 65, "with space in it", "line\nbreak123", "ümlaut-id-1", "<script>alert"]
)
def test_any_other_is_replaced(given: str | None) -> None:
    returned, facts = served(given)

    assert facts == RequestFacts(ip_address="10.0.0.7", request_id=returned)
    assert len(returned) == 32
    assert returned != given


def test_there_are_no_facts_outside_a_request() -> None:
    served("12345678")

    assert current_request_facts() == RequestFacts(ip_address=None, request_id="")


def test_there_are_none_after_a_failure() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestContextMiddleware(view)(RequestFactory().get("/"))

    assert current_request_facts() == RequestFacts()


@pytest.mark.parametrize("host", ["acme.localhost", "localhost", "nobody.example"])
def test_every_answer_carries_the_id(host: str, db: None) -> None:
    response = Client(SERVER_NAME=host).get("/api/session/", headers={"x-request-id": "call-0001"})

    assert response["X-Request-ID"] == "call-0001"
