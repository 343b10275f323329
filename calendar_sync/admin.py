"""Connected calendars in the back office: how they are, and a visit on request. No secret is shown."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join

from calendar_sync.enums import RESTING_STATES
from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.selectors.connections import with_counts
from calendar_sync.services.connecting import hurry
from calendar_sync.tasks import sync_connection
from core.active import current_tenant
from core.audit import record
from core.back_office import ChosenBusiness, InsideBusinessAdmin
from core.models import User

RUNS_SHOWN = 20


@admin.register(CalendarConnection)
class CalendarConnectionAdmin(InsideBusinessAdmin):
    """A business's connections. People's calendars are theirs: names of accounts are shown, entries never."""

    list_display = ("account_label", "provider", "resource", "state", "state_code", "last_success_at", "waiting")
    list_filter: ClassVar[Any] = (ChosenBusiness, "state", "provider")
    list_select_related = ("resource",)
    search_fields = ("account_label", "id")
    ordering = ("account_label", "pk")
    actions = ("visit_now",)
    fields = (
        "id",
        "provider",
        "account_label",
        "resource",
        "owner",
        "state",
        "state_code",
        "state_detail",
        "paused_by",
        "failures",
        "created_at",
        "last_attempt_at",
        "last_success_at",
        "stale_since",
        "next_attempt_at",
        "quiet_until",
        "waiting",
        "failed",
        "calendar_list",
        "last_visits",
    )
    readonly_fields = ("waiting", "failed", "calendar_list", "last_visits")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarConnection]:
        """Return the connections with their counts."""
        return with_counts(super().get_queryset(request))

    @admin.display(description="to be written")
    def waiting(self, connection: Any) -> int:
        """Count the copies that wait to be written."""
        count: int = connection.pending_count
        return count

    @admin.display(description="refused")
    def failed(self, connection: Any) -> int:
        """Count the copies that a server refused."""
        count: int = connection.failed_count
        return count

    @admin.display(description="calendars")
    def calendar_list(self, connection: CalendarConnection) -> str:
        """Show what each calendar is used for."""
        rows = ((one.pk, _uses(one), _minute(one.last_pulled_at)) for one in connection.calendars.order_by("pk"))
        return format_html_join("", "<div>{} · {} · read {}</div>", rows) or "none"

    @admin.display(description="last visits")
    def last_visits(self, connection: CalendarConnection) -> str:
        """Show the visits in which something happened, newest first."""
        rows = (
            (f"{run.started_at:%Y-%m-%d %H:%M:%S}", run.kind, run.outcome, run.code, run.detail, _figures(run.figures))
            for run in connection.runs.order_by("-started_at", "-pk")[:RUNS_SHOWN]
        )
        return format_html_join("", "<div>{} · {} {} {} {} {}</div>", rows) or "none"

    @admin.action(description="Visit now", permissions=["visit"])
    def visit_now(self, request: HttpRequest, queryset: QuerySet[CalendarConnection]) -> None:
        """Queue a visit to each of the chosen connections that is not at rest."""
        for connection in queryset:
            if connection.state in RESTING_STATES:
                self.message_user(request, f"{connection} is at rest ({connection.state}).", messages.WARNING)
                continue
            hurry(connection_id=connection.pk, now=timezone.now())
            sync_connection.enqueue(str(connection.pk))
            actor = request.user if isinstance(request.user, User) else None
            record("calendar_visited_by_platform", tenant=current_tenant(), actor=actor, object_label=str(connection))
            self.message_user(request, f"{connection} is visited next.", messages.SUCCESS)

    def has_visit_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller may change connections; a visit is as near to that as it gets here."""
        return isinstance(request.user, User) and request.user.has_perm("calendar_sync.change_calendarconnection")


def _uses(calendar: ExternalCalendar) -> str:
    uses = [word for word, is_used in (("read", calendar.read_busy), ("written", calendar.write_target)) if is_used]
    return " and ".join(uses) or "not used"


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment is not None else "never"


def _figures(figures: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in figures.items())
