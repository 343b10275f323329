"""Absolute links come from the primary domain, never from a Host header."""

import pytest
from pytest_django import Settings

from core.links import host_url, tenant_url
from core.models import Domain, Tenant


@pytest.mark.parametrize(
    ("scheme", "port", "expected"),
    [
        ("http", 8000, "http://acme.localhost:8000/settings"),
        ("http", 80, "http://acme.localhost/settings"),
        ("http", 443, "http://acme.localhost:443/settings"),
        ("https", 443, "https://acme.localhost/settings"),
        ("https", 8443, "https://acme.localhost:8443/settings"),
    ],
)
def test_the_port_is_shown_where_it_is_not_the_usual_one(
    scheme: str, port: int, expected: str, settings: Settings
) -> None:
    settings.PUBLIC_SCHEME, settings.PUBLIC_PORT = scheme, port

    assert host_url("acme.localhost", "/settings") == expected


def test_the_address_of_a_business(tenant: Tenant) -> None:
    assert (tenant_url(tenant), tenant_url(tenant, "/a?b=c")) == (
        "http://acme.localhost:8000/",
        "http://acme.localhost:8000/a?b=c",
    )


def test_a_new_primary_domain_takes_over(tenant: Tenant) -> None:
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=True)

    assert tenant_url(tenant) == "http://book.acme.example:8000/"


def test_a_further_domain_does_not(tenant: Tenant) -> None:
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=False)

    assert tenant_url(tenant) == "http://acme.localhost:8000/"


def test_a_business_without_a_domain(tenant: Tenant) -> None:
    Domain.objects.filter(tenant=tenant).delete()

    with pytest.raises(Domain.DoesNotExist):
        tenant_url(tenant)
