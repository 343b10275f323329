"""People in the back office: their powers, and what helps them when they cannot get in or somebody else can."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from core.audit import record
from core.back_office import ReadOnlyAdmin
from core.models import ApiToken, User
from core.revocation import Revocation, revoke_of_person
from platform_admin.audited import AuditedAdmin
from platform_admin.pages import ObjectPages, signed_in_user
from platform_admin.second_factor import devices
from platform_admin.support.lockouts import lift_of_person

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


class RevocationForm(forms.Form):
    """What is to end."""

    sessions = forms.BooleanField(required=False, initial=True, label="Sessions in browsers")
    sign_in_tokens = forms.BooleanField(required=False, initial=True, label="Sign-in tokens of apps")
    named_tokens = forms.BooleanField(required=False, label="Named API tokens, which programs work with")

    def clean(self) -> dict[str, Any]:
        """Return what is to end. Raises ValidationError for nothing at all."""
        found = {name: bool(self.cleaned_data.get(name)) for name in self.fields}
        if Revocation(**found).is_empty:
            raise forms.ValidationError("Choose what is to end.")
        return found


@admin.register(User)
class UserAdmin(AuditedAdmin, ObjectPages):
    """People. Passwords are theirs alone."""

    audit_action = "user"
    audited_fields = ("email", "name", "is_active", "is_staff", "is_superuser")
    change_form_template = "platform_admin/support/person.html"
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")
    filter_horizontal = ("groups", "user_permissions")
    actions = ("lift_lockouts",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a superuser hands out powers; anybody else could hand them to themselves."""
        return () if getattr(request.user, "is_superuser", False) else POWERS

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave platform staff to superusers."""
        is_reachable = obj is None or not obj.is_staff or getattr(request.user, "is_superuser", False)
        return is_reachable and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated: what they did in each business keeps their name."""
        return False

    def has_lockouts_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the caller may lift lock-outs."""
        return _may(request, "core.reset_lockouts", obj)

    def has_revoke_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the caller may end sessions and tokens."""
        return _may(request, "core.revoke_access", obj)

    def has_second_factor_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the caller may reset second factors: superusers, of each other."""
        is_other = obj is None or obj.pk != request.user.pk
        return bool(getattr(request.user, "is_superuser", False)) and is_other

    def get_urls(self) -> list[URLPattern]:
        """Add the pages beside the form."""
        pages: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (
            ("revoke", self.revoke_view),
            ("lift-lockouts", self.lift_lockouts_view),
            ("reset-second-factor", self.reset_second_factor_view),
        )
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"core_user_{name}")
            for name, view in pages
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Tell the page what else can be done."""
        obj = kwargs.get("obj")
        context["may_revoke"] = self.has_revoke_permission(request, obj)
        context["may_lift"] = self.has_lockouts_permission(request, obj)
        context["may_reset"] = self.has_second_factor_permission(request, obj) and bool(
            obj and devices.is_enrolled(obj)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:
        """Save groups and permissions, and record what they were and are."""
        person: User = form.instance
        with transaction.atomic():
            before = _powers_of(person)
            super().save_related(request, form, formsets, change)
            after = _powers_of(person)
            if before != after:
                record(
                    "user.powers_changed",
                    tenant=None,
                    actor=signed_in_user(request),
                    object_label=person.email,
                    before=before,
                    after=after,
                )

    @admin.action(description="Lift lock-outs", permissions=["lockouts"])
    def lift_lockouts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let each of the chosen people try to sign in again."""
        for person in queryset:
            if not self.has_lockouts_permission(request, person):
                self.message_user(request, f"{person}: only a superuser can do this for staff.", messages.ERROR)
                continue
            self.message_user(request, _lifted(person, request), messages.SUCCESS)

    def lift_lockouts_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what lifting does, and do it once that was confirmed."""
        person = self.object_for(request, object_id, may=self.has_lockouts_permission)
        if request.method == "POST":
            return self.act(request, person, lambda: _lifted(person, request))
        return self.page(
            request,
            "platform_admin/support/confirm.html",
            person,
            f"Lift lock-outs of {person.email}?",
            words="They can try to sign in again at once, from every address, also with their second factor.",
            submit="Lift lock-outs",
        )

    def revoke_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what is to end, and end it."""
        person = self.object_for(request, object_id, may=self.has_revoke_permission)
        form = RevocationForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            what = Revocation(**form.cleaned_data)
            return self.act(request, person, lambda: _revoked(person, what, request))
        return self.page(
            request,
            "platform_admin/support/confirm.html",
            person,
            f"End sessions and tokens of {person.email}?",
            words="In every business they belong to, and here. They can sign in again; tokens have to be made anew.",
            submit="End them",
            form=form,
        )

    def reset_second_factor_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what resetting does, and do it once that was confirmed."""
        person = self.object_for(request, object_id, may=self.has_second_factor_permission)
        if request.method == "POST":

            def reset() -> str:
                devices.reset(user=person, by=signed_in_user(request))
                return f"{person} sets up a new second factor at the next sign-in."

            return self.act(request, person, reset)
        return self.page(
            request,
            "platform_admin/support/confirm.html",
            person,
            f"Reset the second factor of {person.email}?",
            words="Make sure that it is they who ask. Their phone and recovery codes work no more, their sessions end, "
            "and whoever has their password sets up the next one.",
            submit="Reset second factor",
        )


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens, without their secrets."""

    list_display = ("prefix", "name", "user", "tenant", "scope", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("user", "tenant")
    search_fields = ("prefix", "name", "user__email", "tenant__name")
    exclude = ("digest",)


def _may(request: HttpRequest, permission: str, person: User | None) -> bool:
    """Tell whether the caller has the permission; what concerns platform staff is for superusers."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    is_reachable = person is None or not person.is_staff or request.user.is_superuser
    return is_reachable and request.user.has_perm(permission)


def _lifted(person: User, request: HttpRequest) -> str:
    count = lift_of_person(user=person, by=signed_in_user(request))
    return f"{person} can try again." if count else f"{person} was not locked out."


def _revoked(person: User, what: Revocation, request: HttpRequest) -> str:
    revoked = revoke_of_person(user=person, what=what, by=signed_in_user(request))
    sessions = "Their sessions have ended. " if what.sessions else ""
    return f"{person}: {sessions}{revoked} tokens were revoked."


def _powers_of(person: User) -> dict[str, list[str]]:
    return {
        "groups": sorted(person.groups.values_list("name", flat=True)),
        "permissions": sorted(
            f"{one.content_type.app_label}.{one.codename}"
            for one in person.user_permissions.select_related("content_type")
        ),
    }
