"""The form of a business: what it is called and where it is, and what was agreed with it apart from its plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from core.errors import FieldError
from core.installed import registry
from core.models import Tenant
from core.overrides import LARGEST_LIMIT, REASON_LENGTH, Value, override_keys, require_usable, version_of_overrides

STALE = "Somebody else changed the overrides of this business after you opened this page. Open it again."
INHERIT, YES, NO, NUMBER, UNLIMITED = "inherit", "yes", "no", "number", "unlimited"
FEATURE_CHOICES = ((INHERIT, "as in the plan"), (YES, "yes"), (NO, "no"))
QUOTA_CHOICES = ((INHERIT, "as in the plan"), (NUMBER, "at most"), (UNLIMITED, "unlimited"))
MOMENT = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class OverrideChange:
    """One override that was changed on the page."""

    key: str
    value: Value
    reason: str
    expires_at: datetime | None


@dataclass(frozen=True)
class OverrideFields:
    """The inputs of one override. `number` is None for a feature."""

    key: str
    choice: BoundField
    number: BoundField | None
    reason: BoundField
    until: BoundField


class TenantForm(forms.ModelForm[Tenant]):
    """A business, with one line for each feature and quota that can be overridden."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Tenant
        fields = ("name", "timezone", "currency", "accent_color", "staff_can_see_analytics")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes: list[OverrideChange] = []
        self.initial["seen"] = version_of_overrides(self.instance)
        is_fixed = "name" not in self.fields
        for key in override_keys():
            for name, field in self._fields_of(key):
                field.disabled = is_fixed
                self.fields[f"{name}_{key}"] = field

    def inputs(self, key: str) -> OverrideFields:
        """Return the inputs of one override."""
        number = self[f"number_{key}"] if key in registry().quotas else None
        return OverrideFields(key, self[f"choice_{key}"], number, self[f"reason_{key}"], self[f"until_{key}"])

    def clean(self) -> dict[str, Any]:
        """Find out which overrides were changed, and refuse those that cannot be meant."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("seen") != version_of_overrides(self.instance):
            raise forms.ValidationError(STALE, code="stale")
        self.changes = [change for key in override_keys() if (change := self._change_of(key)) is not None]
        for change in self.changes:
            try:
                require_usable(change.key, change.value, change.reason, change.expires_at, timezone.now())
            except FieldError as refusal:
                for field, problems in refusal.extra["errors"].items():
                    self.add_error(f"{'choice' if field == change.key else field}_{change.key}", problems)
        return cleaned

    def _fields_of(self, key: str) -> Iterator[tuple[str, forms.Field]]:
        is_quota = key in registry().quotas
        name = registry().quotas[key].name if is_quota else registry().features[key].name
        value, note = getattr(self.instance, key), self.instance.note_on(key)
        choices = QUOTA_CHOICES if is_quota else FEATURE_CHOICES
        yield "choice", forms.ChoiceField(choices=choices, initial=_choice(key, value), label=name)
        if is_quota:
            number = value if value is not None and value >= 0 else None
            yield (
                "number",
                forms.IntegerField(
                    required=False, min_value=0, max_value=LARGEST_LIMIT, initial=number, label=f"{name}: at most"
                ),
            )
        yield (
            "reason",
            forms.CharField(
                required=False,
                max_length=REASON_LENGTH,
                initial=note.reason if note else "",
                label=f"{name}: reason",
                widget=forms.TextInput(attrs={"class": "vTextField"}),
            ),
        )
        until = note.expires_at if note else None
        yield (
            "until",
            forms.DateTimeField(
                required=False,
                initial=until.astimezone(UTC).strftime(MOMENT) if until else None,
                label=f"{name}: until",
                widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local", "step": "1"}),
            ),
        )

    def _change_of(self, key: str) -> OverrideChange | None:
        names = [f"{name}_{key}" for name in ("choice", "number", "reason", "until")]
        if any(name in self.errors for name in names):
            return None
        choice, number, reason, until = (self.cleaned_data.get(name) for name in names)
        if choice == NUMBER and number is None:
            self.add_error(f"number_{key}", "Give a number.")
            return None
        value: Value = {INHERIT: None, YES: True, NO: False, NUMBER: number, UNLIMITED: -1}[choice or INHERIT]
        change = OverrideChange(key, value, reason or "", until)
        return None if self._is_as_stored(change) else change

    def _is_as_stored(self, change: OverrideChange) -> bool:
        note = self.instance.note_on(change.key)
        if getattr(self.instance, change.key) != change.value:
            return False
        if change.value is None:
            return True  # what is noted on nothing is not kept
        until = note.expires_at.replace(microsecond=0) if note and note.expires_at else None
        return (change.reason, change.expires_at) == (note.reason if note else "", until)


def _choice(key: str, value: Value) -> str:
    if value is None:
        return INHERIT
    if key in registry().quotas:
        return UNLIMITED if value == -1 else NUMBER
    return YES if value else NO
