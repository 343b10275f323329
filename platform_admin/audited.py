"""Pages of the back office on which each change is recorded."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from core.audit import record
from core.models import Tenant, User
from core.versions import changed_keys


class AuditedAdmin(admin.ModelAdmin[Any]):
    """Records each change with the values before and after, in the same transaction.

    Of an object that exists the changed columns alone are written: two people who change different ones at the same
    moment do not undo each other.
    """

    audit_action: str
    audited_fields: tuple[str, ...]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Save the object and add the audit entry."""
        with transaction.atomic():
            stored = self._values(type(obj)._default_manager.get(pk=obj.pk)) if change else {}
            if change:
                columns = {field.name for field in obj._meta.concrete_fields}
                obj.save(update_fields=[name for name in form.changed_data if name in columns])
            else:
                super().save_model(request, obj, form, change)
            before, after = changed_keys(stored, self._values(obj))
            if not after:
                return
            record(
                f"{self.audit_action}.{'changed' if change else 'created'}",
                tenant=obj if isinstance(obj, Tenant) else getattr(obj, "tenant", None),
                actor=request.user if isinstance(request.user, User) else None,
                object_label=str(obj),
                before=before,
                after=after,
            )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows below the object and add an audit entry for each that changed."""
        with transaction.atomic():
            super().save_formset(request, form, formset, change)
            names = [name for name in formset.form.base_fields if name not in {"id", formset.fk.name}]
            initial = {one.instance.pk: one.initial for one in formset.initial_forms}
            for verb, rows in (
                ("created", [(row, names) for row in formset.new_objects]),
                ("changed", formset.changed_objects),
                ("deleted", [(row, []) for row in formset.deleted_objects]),
            ):
                for row, fields in rows:
                    before = initial.get(row.pk, {})
                    record(
                        f"{row._meta.model_name}.{verb}",
                        tenant=form.instance if isinstance(form.instance, Tenant) else None,
                        actor=request.user if isinstance(request.user, User) else None,
                        object_label=str(row),
                        before={name: _json_ready(before[name]) for name in fields if name in before},
                        after=_values_of(row, fields),
                    )

    def _values(self, obj: Any) -> dict[str, Any]:
        return _values_of(obj, self.audited_fields)


def _values_of(obj: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: _json_ready(getattr(obj, name)) for name in names}


def _json_ready(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | dict | None) else str(value)
