"""Who did what."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.audit import record
from core.back_office import ReadOnlyAdmin
from core.models import AuditEntry, User
from platform_admin.audit_log.export import lines_of
from platform_admin.audit_log.filters import ActionFilter, ActorFilter, BusinessFilter, DayFilter, ImpersonatorFilter
from platform_admin.pages import signed_in_user


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The audit log. Nobody changes it, and the database sees to that."""

    change_list_template = "platform_admin/audit_log/list.html"
    list_display = ("when", "action", "object_label", "who", "business", "ip_address")
    list_filter = (BusinessFilter, ActorFilter, ImpersonatorFilter, DayFilter, ActionFilter)
    search_fields = ("object_label", "action", "actor_label", "tenant_label", "request_id")
    search_help_text = "What was done, to what, by whom, where; or the id of a request"
    ordering = ("-at", "-id")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        "when",
        "action",
        "object_label",
        "business",
        "person",
        "support",
        "changes",
        "ip_address",
        "request_id",
    )
    readonly_fields = ("when", "business", "person", "support", "changes")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller may take entries along."""
        mine = isinstance(request.user, User) and request.user.has_perm("core.export_auditentry")
        return mine and self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """Add the export."""
        own = path("export/", self.admin_site.admin_view(self.export_view), name="core_auditentry_export")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the entries, with the way to take them along."""
        return super().changelist_view(
            request, {**(extra_context or {}), "may_export": self.has_export_permission(request)}
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Nothing here has a history: it is one."""
        raise PermissionDenied

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send what the list's filters and search leave, as CSV, and record that it was taken."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_export_permission(request):
            raise PermissionDenied
        asked = {name: value for name, value in request.GET.items() if value}
        entries = self.get_changelist_instance(request).get_queryset(request)
        record(
            "audit.exported",
            tenant=None,
            actor=signed_in_user(request),
            after={"filters": asked, "entries": entries.count()},
        )
        response = StreamingHttpResponse(lines_of(entries), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-log-{timezone.now():%Y-%m-%d}.csv"'
        response["Cache-Control"] = "no-store"
        return response

    @admin.display(description="business", ordering="tenant_label")
    def business(self, entry: AuditEntry) -> str:
        """Return the business's name, as it was."""
        return entry.tenant_label or "–"

    @admin.display(description="at (UTC)", ordering="at")
    def when(self, entry: AuditEntry) -> str:
        """Return the moment to the second."""
        return f"{entry.at:%Y-%m-%d %H:%M:%S}"

    @admin.display(description="by", ordering="actor_label")
    def who(self, entry: AuditEntry) -> str:
        """Return who did it, and in whose place."""
        if entry.impersonator_label:
            return f"{entry.impersonator_label} as {entry.actor_label}"
        return entry.actor_label or "–"

    @admin.display(description="person", ordering="actor_label")
    def person(self, entry: AuditEntry) -> str:
        """Return who did it, or in whose place it was done."""
        return entry.actor_label or "–"

    @admin.display(description="support", ordering="impersonator_label")
    def support(self, entry: AuditEntry) -> str:
        """Return who of support did it in the person's place."""
        return entry.impersonator_label or "–"

    @admin.display(description="changes")
    def changes(self, entry: AuditEntry) -> SafeString | str:
        """Show each key that changed, with its value before and after."""
        keys = list(dict.fromkeys([*entry.before, *entry.after]))
        if not keys:
            return "–"
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
            ((key, _readable(entry.before, key), _readable(entry.after, key)) for key in keys),
        )
        return format_html(
            '<table class="audit-changes"><thead><tr><th scope="col">What</th><th scope="col">Before</th>'
            '<th scope="col">After</th></tr></thead><tbody>{}</tbody></table>',
            rows,
        )


def _readable(values: dict[str, Any], key: str) -> str:
    if key not in values:
        return ""
    value = values[key]
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
