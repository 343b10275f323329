"""From a request to its tenant: by host, or on the platform host by token."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.http.request import split_domain_port

from core.active import activate, attach_tenant, attach_token, deactivate
from core.authentication import presented_token
from core.models import Domain, Tenant
from core.tokens import find_token

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers `/livez` and `/readyz` on any host, before a tenant is looked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Live: the process answers. Ready: the database answers too."""
        if request.path == "/livez":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return _readiness()
        return self.get_response(request)


class TenancyMiddleware:
    """Puts the tenant on the request and on the database connection, for the time of the request.

    On the platform host there is no `request.tenant` unless a usable token names one: django-tenants' templates take a
    None for a tenant. An unknown host is a plain 404.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in its tenant's schema, and leave the connection in the public one."""
        deactivate()
        host = _host_name(request)
        if host is None:
            return HttpResponseNotFound()
        if host in settings.PLATFORM_DOMAINS:
            tenant = _tenant_of_token(request)
            request.urlconf = settings.ROOT_URLCONF if tenant else settings.PUBLIC_SCHEMA_URLCONF
        else:
            tenant = _tenant_of_host(host)
            if tenant is None:
                return HttpResponseNotFound()
            request.urlconf = settings.ROOT_URLCONF
        if tenant is None:
            return self.get_response(request)
        attach_tenant(request, tenant)
        activate(tenant)
        try:
            return self.get_response(request)
        finally:
            deactivate()


def canonical_host(host: str) -> str:
    """Return `host` with any platform domain it lies below replaced by the first, under which domains are stored."""
    for domain in settings.PLATFORM_DOMAINS:
        if host.endswith(f".{domain}"):
            return f"{host[: -len(domain)]}{settings.PLATFORM_DOMAINS[0]}"
    return host


def _host_name(request: HttpRequest) -> str | None:
    try:
        host, _port = split_domain_port(request.get_host())
    except DisallowedHost:
        return None
    return host


def _tenant_of_host(host: str) -> Tenant | None:
    domain = (
        Domain.objects.select_related("tenant__plan")
        .prefetch_related("tenant__override_notes")
        .filter(domain=canonical_host(host))
        .first()
    )
    return domain.tenant if domain is not None else None


def _tenant_of_token(request: HttpRequest) -> Tenant | None:
    secret = presented_token(request)
    token = find_token(secret) if secret else None
    if token is None:
        return None
    attach_token(request, token)
    return token.tenant


def _readiness() -> HttpResponse:
    try:
        deactivate()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "detail": "The database does not answer."}, status=503)
    return JsonResponse({"status": "ok"})
