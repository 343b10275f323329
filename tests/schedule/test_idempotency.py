"""Requests that take effect once, alone and all at once."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from core.active import activate
from core.errors import Conflict, FieldError
from core.models import Role, Tenant, User
from schedule.enums import BookingSource
from schedule.errors import IdempotencyKeyReused
from schedule.idempotency import (
    Answer,
    clean_key,
    fingerprint_of,
    is_answered,
    once,
    purge_idempotency_keys,
)
from schedule.models import Event, IdempotencyKey
from schedule.services import book
from tests.factories.schedule import CustomerFactory, IdempotencyKeyFactory, ResourceFactory, ServiceFactory
from tests.fixtures import client_for
from tests.schedule.committed import IN_A_MONTH, at_once, committed_tenant

DAY = timedelta(hours=24)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without the transaction that pytest-django puts around a test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def repeated(db: None) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with committed_tenant("repeated") as tenant:
        yield tenant


@pytest.fixture
def shop(repeated: Tenant) -> Iterator[Tenant]:
    """The business, without keys and appointments after each test."""
    activate(repeated)
    yield repeated
    activate(repeated)
    IdempotencyKey.objects.all().delete()
    Event.objects.all().delete()
    Tenant.objects.filter(pk=repeated.pk).update(max_appointments=None)


@pytest.fixture
def user(shop: Tenant) -> User:
    return User.objects.get(email="owner@repeated.example")


@pytest.fixture
def wish(shop: Tenant) -> dict[str, Any]:
    """The body of a booking."""
    service = ServiceFactory.create(resources=[ResourceFactory.create()])
    return {"service": service.pk, "customer": str(CustomerFactory.create().pk), "start_at": IN_A_MONTH.isoformat()}


def answer() -> tuple[int, dict[str, Any]]:
    return 201, {"id": 1}


class TestOnce:
    def test_the_second_is_a_replay(self, user: User) -> None:
        performed: list[int] = []

        def perform() -> tuple[int, dict[str, Any]]:
            performed.append(1)
            return answer()

        found = [once(user=user, key="a", fingerprint="f", perform=perform) for _ in range(2)]

        assert found == [Answer(201, {"id": 1}, is_replay=False), Answer(201, {"id": 1}, is_replay=True)]
        assert performed == [1]

    def test_another_request_may_not_use_the_key(self, user: User) -> None:
        once(user=user, key="a", fingerprint="f", perform=answer)

        with pytest.raises(IdempotencyKeyReused) as refusal:
            once(user=user, key="a", fingerprint="g", perform=answer)

        assert (refusal.value.status, refusal.value.code) == (422, "idempotency_key_reused")

    def test_a_key_belongs_to_one_person(self, user: User, shop: Tenant) -> None:
        colleague = User.objects.create_user("colleague@repeated.example")
        once(user=user, key="a", fingerprint="f", perform=answer)

        found = once(user=colleague, key="a", fingerprint="g", perform=lambda: (201, {"id": 2}))

        assert found == Answer(201, {"id": 2}, is_replay=False)

    def test_a_refusal_leaves_no_key(self, user: User) -> None:
        def refuse() -> tuple[int, dict[str, Any]]:
            raise Conflict("No.")

        with pytest.raises(Conflict):
            once(user=user, key="a", fingerprint="f", perform=refuse)

        assert IdempotencyKey.objects.count() == 0
        assert once(user=user, key="a", fingerprint="g", perform=answer).is_replay is False

    def test_a_key_is_forgotten_after_a_day(self, user: User) -> None:
        now = timezone.now()
        once(user=user, key="a", fingerprint="f", perform=answer, now=now - DAY)
        once(user=user, key="b", fingerprint="f", perform=answer, now=now - DAY + timedelta(microseconds=1))

        assert [is_answered(user=user, key=key, now=now) for key in "abc"] == [False, True, False]
        assert once(user=user, key="a", fingerprint="g", perform=lambda: (200, [2]), now=now) == Answer(
            200, [2], is_replay=False
        )
        assert once(user=user, key="b", fingerprint="f", perform=answer, now=now).is_replay is True

    def test_purging_takes_the_forgotten_ones(self, user: User) -> None:
        now = timezone.now()
        IdempotencyKeyFactory.create(user=user, key="old", created_at=now - DAY)
        IdempotencyKeyFactory.create(user=user, key="fresh", created_at=now - DAY + timedelta(seconds=1))

        assert purge_idempotency_keys(now=now) == 1
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["fresh"]

    def test_eight_at_once_take_effect_once(self, shop: Tenant, user: User) -> None:
        performed: list[int] = []

        def perform() -> tuple[int, dict[str, Any]]:
            performed.append(1)
            return 201, {"number": len(performed)}

        found = at_once(shop, [partial(once, user=user, key="a", fingerprint="f", perform=perform)] * 8)

        assert performed == [1]
        assert (
            sorted(map(str, found))
            == [str(Answer(201, {"number": 1}, is_replay=False))]
            + [str(Answer(201, {"number": 1}, is_replay=True))] * 7
        )

    def test_when_the_first_of_many_is_refused_the_next_takes_effect(self, shop: Tenant, user: User) -> None:
        attempts: list[int] = []

        def perform() -> tuple[int, dict[str, Any]]:
            attempts.append(1)
            if len(attempts) == 1:
                raise Conflict("No.")
            return 201, {"number": len(attempts)}

        found = at_once(shop, [partial(once, user=user, key="a", fingerprint="f", perform=perform)] * 8)

        assert len(attempts) == 2
        assert sum(isinstance(one, Conflict) for one in found) == 1
        assert sum(one == Answer(201, {"number": 2}, is_replay=True) for one in found) == 6

    def test_a_killed_process_leaves_neither_the_effect_nor_the_key(
        self, shop: Tenant, user: User, wish: dict[str, Any]
    ) -> None:
        def perform() -> tuple[int, dict[str, Any]]:
            book(
                tenant=shop,
                service_id=wish["service"],
                customer_id=wish["customer"],
                start_at=IN_A_MONTH,
                by=user,
                source=BookingSource.API,
            )
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return answer()

        with pytest.raises(OperationalError):
            at_once(shop, [partial(once, user=user, key="a", fingerprint="f", perform=perform)])

        assert (Event.objects.count(), IdempotencyKey.objects.count()) == (0, 0)
        assert once(user=user, key="a", fingerprint="f", perform=answer).is_replay is False


class TestKeysAndFingerprints:
    @pytest.mark.parametrize("raw", ["a", "x" * 200, "0195f3a2-6c1e", " two words "])
    def test_good_keys(self, raw: str) -> None:
        assert clean_key(raw) == raw

    @pytest.mark.parametrize("raw", ["", "x" * 201, "tab\there", "nul\x00", "ünlaut", "\x7f"])
    def test_bad_keys(self, raw: str) -> None:
        with pytest.raises(FieldError) as refusal:
            clean_key(raw)

        assert list(refusal.value.extra["errors"]) == ["Idempotency-Key"]

    def test_no_key(self) -> None:
        assert clean_key(None) is None

    def test_the_order_of_keys_does_not_matter_but_method_path_and_values_do(self) -> None:
        body = {"a": 1, "b": [1, 2]}
        same = fingerprint_of(method="POST", path="/x/", body=body)

        assert len(same) == 64
        assert fingerprint_of(method="POST", path="/x/", body={"b": [1, 2], "a": 1}) == same
        others = [
            fingerprint_of(method="PUT", path="/x/", body=body),
            fingerprint_of(method="POST", path="/y/", body=body),
            fingerprint_of(method="POST", path="/x/", body={"a": 1, "b": [2, 1]}),
            fingerprint_of(method="POST", path="/x/", body={"a": "1", "b": [1, 2]}),
        ]
        assert len({same, *others}) == 5


class TestBookingOverHttp:
    def post(self, client: APIClient, body: dict[str, Any], key: str = "booking-1") -> Any:
        response = client.post("/api/appointments/", body, format="json", headers={"Idempotency-Key": key})
        activate(Tenant.objects.get(schema_name="repeated"))
        return response

    def test_the_answer_is_replayed(self, shop: Tenant, wish: dict[str, Any]) -> None:
        staff = client_for(shop, Role.STAFF)

        first, second = self.post(staff, wish), self.post(staff, dict(reversed(wish.items())))

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert (first.headers["ETag"], second.headers["ETag"]) == ('"1"', '"1"')
        assert "Idempotency-Replayed" not in first.headers
        assert second.headers["Idempotency-Replayed"] == "true"
        assert Event.objects.count() == 1

    def test_another_body_is_refused(self, shop: Tenant, wish: dict[str, Any]) -> None:
        staff = client_for(shop, Role.STAFF)
        self.post(staff, wish)

        response = self.post(staff, {**wish, "notes": "Window seat"})

        assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")

    def test_a_refused_booking_leaves_no_key(self, shop: Tenant, wish: dict[str, Any]) -> None:
        staff = client_for(shop, Role.STAFF)
        self.post(staff, wish, key="other")

        refused = self.post(staff, wish)

        assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["other"]
        later = {**wish, "start_at": (IN_A_MONTH + timedelta(hours=1)).isoformat()}
        assert self.post(staff, later).status_code == 201

    def test_a_used_up_quota_does_not_refuse_the_replay(self, shop: Tenant, wish: dict[str, Any]) -> None:
        staff = client_for(shop, Role.STAFF)
        self.post(staff, wish)
        Tenant.objects.filter(pk=shop.pk).update(max_appointments=1)

        replay, fresh = self.post(staff, wish), self.post(staff, wish, key="booking-2")

        assert (replay.status_code, replay.headers["Idempotency-Replayed"]) == (201, "true")
        assert (fresh.status_code, fresh.json()["code"]) == (403, "quota_exceeded")

    @pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
    def test_a_bad_key_is_a_400(self, shop: Tenant, wish: dict[str, Any], key: str) -> None:
        response = self.post(client_for(shop, Role.STAFF), wish, key=key)

        assert (response.status_code, list(response.json()["errors"])) == (400, ["Idempotency-Key"])

    def test_eight_duplicates_at_once_book_once(self, shop: Tenant, wish: dict[str, Any]) -> None:
        def post(client: APIClient) -> tuple[int, Any, str | None]:
            response = self.post(client, wish)
            return response.status_code, response.json(), response.headers.get("Idempotency-Replayed")

        found = at_once(shop, [partial(post, client_for(shop, Role.STAFF)) for _ in range(8)])

        answers = [one for one in found if isinstance(one, tuple)]
        assert [status for status, _, _ in answers] == [201] * 8
        assert all(body == answers[0][1] for _, body, _ in answers)
        assert sorted(str(mark) for _, _, mark in answers) == ["None"] + ["true"] * 7
        assert [str(event.pk) for event in Event.objects.all()] == [answers[0][1]["id"]]
