"""The back office as a site of Django's admin: a password alone does not open it.

Every page of the admin asks `has_permission`, so that this one method is the whole gate.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from core.back_office import open_to_all


class BackOffice(admin.AdminSite):
    """Lets in platform staff who gave what they know and, where it is asked for, what they have."""

    site_header = "SmoothSchedule back office"
    site_title = "SmoothSchedule"
    index_title = "Platform"
    index_template = "platform_admin/insight/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller has come in all the way."""
        from platform_admin.second_factor.gate import is_through

        return super().has_permission(request) and self._is_of_the_platform(request) and is_through(request)

    def is_half_way(self, request: HttpRequest) -> bool:
        """Tell whether only the second factor is missing."""
        is_staff = super().has_permission(request) and self._is_of_the_platform(request)
        return is_staff and not self.has_permission(request)

    @open_to_all("this is where platform staff sign in")
    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for the password, then for the second factor."""
        from platform_admin.second_factor.gate import note_sign_in

        if request.method == "GET" and self.is_half_way(request):
            return self.to_second_factor(request.GET.get(REDIRECT_FIELD_NAME, ""))
        response: HttpResponse = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == HttpResponseRedirect.status_code:
            note_sign_in(request)
            if self.is_half_way(request):
                return self.to_second_factor(response["Location"])
        return response

    def to_second_factor(self, way_on: str) -> HttpResponseRedirect:
        """Lead to the page that asks for the second factor, and from there to `way_on`."""
        address = reverse("admin:second_factor", current_app=self.name)
        return HttpResponseRedirect(f"{address}?{urlencode({REDIRECT_FIELD_NAME: way_on})}" if way_on else address)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the pages that belong to no model alone."""
        from platform_admin.insight import health_page
        from platform_admin.second_factor import pages
        from platform_admin.support import businesses

        return [
            path("second-factor/", pages.ask, {"site": self}, name="second_factor"),
            path("second-factor/set-up/", pages.set_up, {"site": self}, name="second_factor_set_up"),
            path(
                "second-factor/recovery-codes/",
                self.admin_view(pages.renew_codes),
                {"site": self},
                name="second_factor_codes",
            ),
            path(
                "core/tenant/<int:pk>/revoke/",
                self.admin_view(businesses.revoke),
                {"site": self},
                name="core_tenant_revoke",
            ),
            path("health/", self.admin_view(health_page.show), {"site": self}, name="health"),
            *super().get_urls(),
        ]

    @staticmethod
    def _is_of_the_platform(request: HttpRequest) -> bool:
        """Tell whether the session began here. One of a business's host, support's above all, opens nothing."""
        from core.authentication import SESSION_TENANT_KEY

        return SESSION_TENANT_KEY not in request.session
