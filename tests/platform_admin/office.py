"""A browser in the back office, and its forms."""

from typing import Any

from django.forms import CheckboxInput, MultiWidget
from django.test import Client

from core.models import Tenant, User
from platform_admin.models import SubscriptionPlan

PLANS = "/admin/platform_admin/subscriptionplan/"
TENANTS = "/admin/core/tenant/"


def signed_in(user: User) -> Client:
    """Return a browser on the platform's host in which `user` is signed in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def plan_page(code: str) -> str:
    """Return the path of a plan's page."""
    return f"{PLANS}{SubscriptionPlan.objects.get(code=code).pk}/change/"


def tenant_page(tenant: Tenant) -> str:
    """Return the path of a business's page."""
    return f"{TENANTS}{tenant.pk}/change/"


def change(office: Client, path: str, **values: str) -> tuple[int, dict[str, list[str]]]:
    """Change an object on its page and confirm what is asked; return the status and the errors shown."""
    response = send(office, path, **values)
    if response.status_code == 200 and "confirmed" in response.context:
        response = confirm(office, path, response)
    errors = {} if response.status_code == 302 else dict(response.context["adminform"].form.errors)
    return response.status_code, errors


def send(office: Client, path: str, **values: str) -> Any:
    """Open an object's page, send it back with these values, and return the answer; nothing is confirmed."""
    page = office.get(path)
    assert page.status_code == 200
    return office.post(path, {**filled_in(page), **values})


def confirm(office: Client, path: str, question: Any) -> Any:
    """Say yes on a page that shows what would happen."""
    sent = dict(question.context["sent"])
    return office.post(path, {**sent, question.context["confirmed_name"]: question.context["confirmed"]})


def filled_in(page: Any) -> dict[str, str]:
    """Return what a browser would send back if nothing on the page of a form were changed."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    sent: dict[str, str] = {}
    for bound in (bound for form in forms for bound in form):
        widget, value = bound.field.widget, bound.value()
        if isinstance(widget, MultiWidget):
            for position, part in enumerate(widget.decompress(value) or ()):
                sent[f"{bound.html_name}_{position}"] = _written(part)
        elif value or not isinstance(widget, CheckboxInput):
            sent[bound.html_name] = _written(value)
    return sent


def _written(value: Any) -> str:
    return "" if value is None else str(value)
