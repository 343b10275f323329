"""The form of a plan: its terms as a matrix of switches and numbers, and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from core.installed import registry
from core.plans import TERMS, unknown_features, version_of_plan
from platform_admin.models import SubscriptionPlan
from platform_admin.plans.merging import limit_in, merge, permission_in

STALE = "Somebody else changed this plan after you opened this page. Open it again and repeat what you want to change."
CONTESTED = "{!r} says one thing here and another in the matrix. Change one of the two."


@dataclass(frozen=True)
class FeatureRow:
    """One feature of the matrix."""

    key: str
    name: str
    summary: str
    switch: BoundField


@dataclass(frozen=True)
class QuotaRow:
    """One quota of the matrix."""

    key: str
    name: str
    summary: str
    number: BoundField
    unlimited: BoundField


@dataclass(frozen=True)
class Group:
    """What one app offers."""

    name: str
    features: list[FeatureRow]
    quotas: list[QuotaRow]


class PlanForm(forms.ModelForm[SubscriptionPlan]):
    """A plan. What is changed in the matrix and what is changed in the JSON both count."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    has_matrix = forms.CharField(required=False, widget=forms.HiddenInput, initial="yes")

    class Meta:
        model = SubscriptionPlan
        fields = ("code", "name", "description", "price_cents", "sort_order", "is_public", "permissions", "limits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_fixed = "permissions" not in self.fields
        self.stored = {term: dict(getattr(self.instance, term) or {}) for term in TERMS}
        self.initial["seen"] = version_of_plan(self.instance) if self.instance.pk else ""
        for key in self._feature_keys:
            self.fields[f"feature_{key}"] = forms.BooleanField(
                label=_feature_name(key),
                required=False,
                disabled=is_fixed,
                initial=permission_in(self.stored["permissions"], key),
            )
        for key, quota in registry().quotas.items():
            limit = limit_in(self.stored["limits"], key)
            self.fields[f"quota_{key}"] = forms.IntegerField(
                label=quota.name, required=False, min_value=0, disabled=is_fixed, initial=limit
            )
            self.fields[f"unlimited_{key}"] = forms.BooleanField(
                label="unlimited", required=False, disabled=is_fixed, initial=limit is None
            )

    @property
    def stray_permissions(self) -> list[str]:
        """The stored keys that no app declares."""
        return [key for key in self.stored["permissions"] if key not in registry().features]

    @property
    def stray_limits(self) -> dict[str, Any]:
        """The stored limits that no app declares."""
        return {key: limit for key, limit in self.stored["limits"].items() if key not in registry().quotas}

    def groups(self) -> Iterator[Group]:
        """Yield the matrix app by app, what no app declares last."""
        for manifest in registry().manifests:
            if manifest.features or manifest.quotas:
                features = [self._feature_row(one.key, one.name, one.summary) for one in manifest.features]
                quotas = [
                    QuotaRow(one.key, one.name, one.summary, self[f"quota_{one.key}"], self[f"unlimited_{one.key}"])
                    for one in manifest.quotas
                ]
                yield Group(manifest.name, features, quotas)
        if self.stray_permissions:
            summary = "No app of this installation declares this key."
            rows = [self._feature_row(key, key, summary) for key in self.stray_permissions]
            yield Group("Declared by no app", rows, [])

    @property
    def _feature_keys(self) -> list[str]:
        return [*registry().features, *self.stray_permissions]

    def _feature_row(self, key: str, name: str, summary: str) -> FeatureRow:
        return FeatureRow(key, name, summary, self[f"feature_{key}"])

    def clean(self) -> dict[str, Any]:
        """Bring matrix and JSON together; names every key that cannot be meant."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") != version_of_plan(self.instance):
            raise forms.ValidationError(STALE, code="stale")
        if cleaned.get("has_matrix"):
            switches = {key: cleaned.get(f"feature_{key}", False) for key in self._feature_keys}
            self._merge("permissions", switches, permission_in)
            self._merge("limits", self._numbers(), limit_in)
        for problem in unknown_features(cleaned.get("permissions"), self.stored["permissions"]):
            self.add_error("permissions", problem)
        return cleaned

    def _numbers(self) -> dict[str, int | None]:
        numbers: dict[str, int | None] = {}
        for key in registry().quotas:
            number = self.cleaned_data.get(f"quota_{key}")
            if self.cleaned_data.get(f"unlimited_{key}"):
                numbers[key] = None
            elif number is not None:
                numbers[key] = number
            elif f"quota_{key}" not in self.errors:
                self.add_error(f"quota_{key}", f"Give {key!r} a number, or tick unlimited.")
        return numbers

    def _merge(self, term: str, drawn: dict[str, Any], read: Any) -> None:
        written = self.cleaned_data.get(term)
        if not isinstance(written, dict):
            return  # the field or the model says what is wrong with it
        merged, contested = merge(self.stored[term], drawn=drawn, written=written, read=read)
        self.cleaned_data[term] = merged
        for key in contested:
            self.add_error(term, CONTESTED.format(key))


def _feature_name(key: str) -> str:
    feature = registry().features.get(key)
    return feature.name if feature else key
