"""Absolute links. They are built from a tenant's primary domain, never from a request's Host header."""

from django.conf import settings

from core.models import Domain, Tenant

USUAL_PORTS = {"http": 80, "https": 443}


def tenant_url(tenant: Tenant, path: str = "/") -> str:
    """Return the address of `path` at the business. Raises Domain.DoesNotExist for a tenant without a domain."""
    return host_url(Domain.objects.get(tenant=tenant, is_primary=True).domain, path)


def host_url(host: str, path: str = "/") -> str:
    """Return the address of `path` on `host`, with the port where it is not the usual one."""
    scheme: str = settings.PUBLIC_SCHEME
    port = "" if USUAL_PORTS[scheme] == settings.PUBLIC_PORT else f":{settings.PUBLIC_PORT}"
    return f"{scheme}://{host}{port}{path}"
