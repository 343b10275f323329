"""What pages of the back office are made from."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast
from urllib.parse import parse_qs

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django_tenants.utils import tenant_context

from core.models import Tenant

View = TypeVar("View", bound=Callable[..., Any])

BUSINESS = "business"
SHOWN_TO_CHOOSE_FROM = 50


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that are looked at and never edited here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand."""
        return False


class ChosenBusiness(admin.SimpleListFilter):
    """Which business is looked at: `?business=<schema name>`. The rows of others are not in reach."""

    title = "business"
    parameter_name = BUSINESS

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Offer the one that was chosen; "All" leads back to the choice."""
        tenant = chosen_business(request)
        return [(tenant.schema_name, tenant.name)] if tenant is not None else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave the rows as they are: the schema holds no others."""
        return queryset


class InsideBusinessAdmin(ReadOnlyAdmin):
    """Rows that live in the schemas of businesses, looked at from the platform, one business at a time.

    Without one the page asks which. `list_filter` of a subclass begins with ChosenBusiness.
    """

    list_filter: ClassVar[Any] = (ChosenBusiness,)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the rows of the chosen business, or ask for one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        tenant = chosen_business(request)
        if tenant is None:
            return self._choose(request)
        title = {"title": f"{capfirst(self.opts.verbose_name_plural)} of {tenant.name}"}
        answer: HttpResponse = _inside(tenant, lambda: super(InsideBusinessAdmin, self).changelist_view(request, title))
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a row of the business that was chosen in the list."""
        tenant = chosen_business(request)
        if tenant is None:
            return self._choose(request)
        answer: HttpResponse = _inside(
            tenant, lambda: super(InsideBusinessAdmin, self).change_view(request, object_id, form_url, extra_context)
        )
        return answer

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Nobody edits here, so that there is no history; the audit log has what was done."""
        raise PermissionDenied

    def _choose(self, request: HttpRequest) -> TemplateResponse:
        words = request.GET.get("q", "").strip()
        found = Tenant.objects.filter(Q(name__icontains=words) | Q(schema_name__icontains=words)).order_by("name", "pk")
        return TemplateResponse(
            request,
            "core/choose_business.html",
            {
                **self.admin_site.each_context(request),
                "title": f"{capfirst(self.opts.verbose_name_plural)}: which business?",
                "opts": self.opts,
                "words": words,
                "businesses": found[:SHOWN_TO_CHOOSE_FROM],
                "count": found.count(),
            },
        )


def open_to_all(reason: str) -> Callable[[View], View]:
    """Return a decorator for pages of the back office that are no DRF views: it says why they are let stand."""

    def mark(view: View) -> View:
        cast("Any", view).open_to_all = reason
        return view

    return mark


def chosen_business(request: HttpRequest) -> Tenant | None:
    """Return the business named in the address, also where the page of a row carries the list's filters."""
    kept = parse_qs(request.GET.get("_changelist_filters", ""))
    schema = request.GET.get(BUSINESS) or next(iter(kept.get(BUSINESS, [])), "")
    return Tenant.objects.select_related("plan").filter(schema_name=schema).first() if schema else None


def _inside(tenant: Tenant, respond: Callable[[], HttpResponseBase]) -> Any:
    """Return an answer made, to its last word, inside a business."""
    with tenant_context(tenant):
        answer = respond()
        if isinstance(answer, TemplateResponse):
            answer.render()
        return answer
