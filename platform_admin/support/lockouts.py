"""Who is locked out of signing in, and letting them try again."""

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.audit import record
from core.back_office import ReadOnlyAdmin
from core.models import User
from platform_admin.pages import signed_in_user
from platform_admin.second_factor.devices import lift_waits


def lift_of_person(*, user: User, by: User | None) -> int:
    """Forget a person's failures to sign in, from wherever, with password or second factor; return how many rows."""
    with transaction.atomic():
        count, _ = AccessAttempt.objects.filter(username=user.email).delete()
        lift_waits(user)
        record("lockout.lifted", tenant=None, actor=by, object_label=user.email, after={"attempts": count})
    return int(count)


def lift_attempt(*, attempt: Any, by: User | None) -> None:
    """Forget the failures of one name from one address. The name need not be anybody's."""
    with transaction.atomic():
        record(
            "lockout.lifted",
            tenant=None,
            actor=by,
            object_label=attempt.username or "",
            after={"ip_address": attempt.ip_address, "failures": attempt.failures_since_start},
        )
        attempt.delete()


@admin.register(AccessAttempt)
class LockoutAdmin(ReadOnlyAdmin):
    """Failures to sign in, by name and address."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time", "locked_until")
    list_filter = ("attempt_time",)
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)
    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "locked_until", "user_agent")
    actions = ("lift",)

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller may lift lock-outs."""
        return isinstance(request.user, User) and request.user.has_perm("core.reset_lockouts")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may lift lock-outs may look for them."""
        return self.has_lift_permission(request) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it in the index to whom it is open."""
        return self.has_view_permission(request)

    @admin.display(description="locked until")
    def locked_until(self, attempt: Any) -> datetime | None:
        """Return when the next attempt is looked at; None for who is not locked out."""
        cool_off: timedelta | None = get_cool_off(None)
        if attempt.failures_since_start < settings.AXES_FAILURE_LIMIT or cool_off is None:
            return None
        until: datetime = attempt.attempt_time + cool_off
        return until if until > timezone.now() else None

    @admin.action(description="Let them try again", permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Forget the chosen failures."""
        for attempt in queryset:
            lift_attempt(attempt=attempt, by=signed_in_user(request))
            self.message_user(request, f"{attempt.username} from {attempt.ip_address} can try again.", messages.SUCCESS)
