"""Django admin on the platform's address."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from core.audit import record
from core.back_office import ReadOnlyAdmin
from core.models import ApiToken, AuditEntry, Domain, Membership, OverrideNote, Tenant, User
from platform_admin.models import SubscriptionPlan
from platform_admin.plan_requests import PlanRequestAdmin as PlanRequestAdmin

admin.site.site_header = "SmoothSchedule back office"
admin.site.site_title = "SmoothSchedule"
admin.site.index_title = "Platform"


class AuditedAdmin(admin.ModelAdmin[Any]):
    """Records each change with the values before and after, in the same transaction."""

    audit_action: str
    audited_fields: tuple[str, ...]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Save the object and add the audit entry."""
        with transaction.atomic():
            before = self._values(type(obj)._default_manager.get(pk=obj.pk)) if change else {}
            super().save_model(request, obj, form, change)
            after = self._values(obj)
            changed = [name for name in after if before.get(name) != after[name]]
            record(
                f"{self.audit_action}.{'changed' if change else 'created'}",
                tenant=obj if isinstance(obj, Tenant) else None,
                actor=request.user if isinstance(request.user, User) else None,
                object_label=str(obj),
                before={name: before[name] for name in changed if name in before},
                after={name: after[name] for name in changed},
            )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows below the object and add an audit entry for each that changed."""
        with transaction.atomic():
            super().save_formset(request, form, formset, change)
            names = [name for name in formset.form.base_fields if name not in {"id", formset.fk.name}]
            for verb, rows in (
                ("created", [(row, names) for row in formset.new_objects]),
                ("changed", formset.changed_objects),
                ("deleted", [(row, []) for row in formset.deleted_objects]),
            ):
                for row, fields in rows:
                    record(
                        f"{row._meta.model_name}.{verb}",
                        tenant=form.instance if isinstance(form.instance, Tenant) else None,
                        actor=request.user if isinstance(request.user, User) else None,
                        object_label=str(row),
                        after=_json_ready(row, fields),
                    )

    def _values(self, obj: Any) -> dict[str, Any]:
        return _json_ready(obj, self.audited_fields)


def _json_ready(obj: Any, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(obj, name) for name in names}
    return {
        name: value if isinstance(value, bool | int | str | dict | None) else str(value)
        for name, value in values.items()
    }


@admin.register(SubscriptionPlan)
class SubscriptionPlanAdmin(AuditedAdmin):
    """Plans, with permissions and limits as raw JSON."""

    audit_action = "plan"
    audited_fields = (
        "code",
        "name",
        "description",
        "price_cents",
        "sort_order",
        "is_public",
        "is_active",
        "permissions",
        "limits",
    )
    list_display = ("name", "code", "price_cents", "sort_order", "is_public", "is_active")
    list_filter = ("is_public", "is_active")
    search_fields = ("name", "code")
    ordering = ("sort_order", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Plans are archived, not deleted: tenants hold them."""
        return False


class DomainInline(admin.TabularInline[Any, Any]):
    """Hosts of a business."""

    model = Domain
    extra = 0


class OverrideNoteInline(admin.TabularInline[Any, Any]):
    """Reasons and time limits of overrides."""

    model = OverrideNote
    extra = 0


@admin.register(Tenant)
class TenantAdmin(AuditedAdmin):
    """Businesses. They are created by `manage.py create_tenant`, which makes the schema too."""

    audit_action = "tenant"
    audited_fields = (
        "name",
        "timezone",
        "currency",
        "plan_id",
        "suspended_at",
        "staff_can_see_analytics",
        "accent_color",
        *sorted(f.name for f in Tenant._meta.fields if f.name.startswith(("can_", "max_", "advanced_"))),
    )
    list_display = ("name", "schema_name", "plan", "timezone", "suspended_at", "created_at")
    list_filter = ("plan", "suspended_at")
    list_select_related = ("plan",)
    search_fields = ("name", "schema_name", "domains__domain")
    readonly_fields = ("schema_name", "created_at")
    ordering = ("name", "pk")
    inlines = (DomainInline, OverrideNoteInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A business needs a schema: see `manage.py create_tenant`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting a business takes more than a click."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """People. Passwords are theirs alone."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")
    filter_horizontal = ("groups", "user_permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a superuser hands out powers; anybody else could hand them to themselves."""
        powers = ("is_staff", "is_superuser", "groups", "user_permissions")
        return () if getattr(request.user, "is_superuser", False) else powers

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated: what they did in each business keeps their name."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Who belongs where."""

    list_display = ("user", "tenant", "role", "is_active")
    list_filter = ("role", "is_active")
    list_select_related = ("user", "tenant")
    search_fields = ("user__email", "tenant__name")
    autocomplete_fields = ("user", "tenant")


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens, without their secrets."""

    list_display = ("prefix", "name", "user", "tenant", "scope", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("user", "tenant")
    search_fields = ("prefix", "name", "user__email", "tenant__name")
    exclude = ("digest",)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what."""

    list_display = ("at", "action", "object_label", "actor", "tenant", "ip_address")
    list_select_related = ("actor", "tenant")
    list_filter = ("action",)
    search_fields = ("object_label", "actor__email", "tenant__name")
    ordering = ("-at", "-pk")
