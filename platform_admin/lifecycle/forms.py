"""What is asked before a business is built, and before one is deleted."""

from typing import Any

from django import forms

from core.errors import DomainError
from core.models import SubscriptionPlan, Tenant
from core.time_zones import time_zone_names
from platform_admin.lifecycle.deleting import GRACE


class BuildForm(forms.Form):
    """A business to be built."""

    name = forms.CharField(max_length=100, help_text="As its customers know it.")
    subdomain = forms.CharField(
        max_length=48,
        help_text="Its address begins with this: lower-case letters, digits and hyphens. It cannot be changed later.",
    )
    timezone = forms.ChoiceField(label="Time zone", initial="UTC")
    currency = forms.CharField(max_length=3, min_length=3, initial="USD", help_text="ISO 4217, such as EUR.")
    plan = forms.ModelChoiceField(
        SubscriptionPlan.objects.filter(is_active=True).order_by("sort_order", "pk"),
        to_field_name="code",
        empty_label=None,
    )
    owner_email = forms.EmailField(
        label="Owner's e-mail address",
        max_length=254,
        help_text="Who has an account is the owner at once and signs in as ever; anybody else is sent an invitation.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = [(name, name) for name in sorted(time_zone_names())]  # type: ignore[attr-defined]  # of ChoiceField

    def clean_currency(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["currency"]).upper()

    def clean_plan(self) -> str:
        """Return the plan's code."""
        return str(self.cleaned_data["plan"].code)


class DeletionForm(forms.Form):
    """A business to be deleted."""

    reason = forms.CharField(max_length=300, help_text="Kept in the audit log.")
    wants_archive = forms.BooleanField(
        label="Write an archive of everything first",
        required=False,
        initial=True,
        help_text="A file with every table, to be downloaded until 30 days after the business is gone.",
    )
    closes_accounts = forms.BooleanField(
        label="Close the accounts of people who belong to no other business",
        required=False,
        initial=True,
        help_text="Their names, addresses and passwords are removed.",
    )
    at_once = forms.BooleanField(
        label="Delete at once",
        required=False,
        help_text=f"Without this the business is suspended for {GRACE.days} days, in which it can be brought back.",
    )
    even_active = forms.BooleanField(
        label="Delete it although it is not suspended",
        required=False,
        help_text="People may be working in it at this moment.",
    )
    confirmation = forms.CharField(
        label="Schema name", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, tenant: Tenant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmation"].help_text = f"Type {tenant.schema_name} to confirm."
        if tenant.is_suspended:
            del self.fields["even_active"]


def add_refusal(form: forms.Form, refusal: DomainError, *, otherwise: str | None = None) -> None:
    """Show a refusal beside the field it is about, or beside the field `otherwise`."""
    errors: dict[str, list[str]] = refusal.extra.get("errors", {})
    known = {field: messages for field, messages in errors.items() if field in form.fields}
    for field, messages in known.items():
        form.add_error(field, messages)
    if not known:
        form.add_error(otherwise, refusal.detail)
