"""The pages on which the second factor is asked for and set up."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as remember_device

from core.back_office import open_to_all
from core.errors import DomainError, TooManyRequests
from core.models import User
from platform_admin.second_factor import devices
from platform_admin.second_factor.gate import is_verified

ASKS_ITSELF = "it looks itself who has given the password"


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": "Enter the code."},
    )


@open_to_all(ASKS_ITSELF)
@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def ask(request: HttpRequest, site: Any) -> HttpResponse:
    """Ask whoever gave the password for a code."""
    if not site.is_half_way(request) or not isinstance(request.user, User):
        return _to_sign_in_or_on(request, site)
    if "leave" in request.POST:
        logout(request)
        return HttpResponseRedirect(_with_next(reverse("admin:login"), request))
    if not devices.is_enrolled(request.user):
        return HttpResponseRedirect(_with_next(reverse("admin:second_factor_set_up"), request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            device = devices.check(user=request.user, code=form.cleaned_data["code"])
        except DomainError as refusal:
            form.add_error("code", refusal.detail)
            status = 429 if isinstance(refusal, TooManyRequests) else 200
        else:
            _remember(request, device)
            return HttpResponseRedirect(_way_on(request))
    return _page(request, site, "ask", "Second factor", form=form, status=status)


@open_to_all(ASKS_ITSELF)
@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def set_up(request: HttpRequest, site: Any) -> HttpResponse:
    """Set up a phone; whoever has one in use must have given its code before."""
    if not (site.is_half_way(request) or site.has_permission(request)) or not isinstance(request.user, User):
        return _to_sign_in_or_on(request, site)
    if devices.is_enrolled(request.user) and not is_verified(request):
        led: HttpResponse = site.to_second_factor(request.get_full_path())
        return led
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = devices.enrol(user=request.user, code=form.cleaned_data["code"])
        except DomainError as refusal:
            form.add_error("code", refusal.detail)
        else:
            _remember(request, device)
            return _page(request, site, "codes", "Recovery codes", codes=codes, is_new=True, way_on=_way_on(request))
    device = devices.begin_enrolment(request.user)
    return _page(
        request,
        site,
        "set_up",
        "Set up the second factor",
        form=form,
        picture=mark_safe(devices.picture_of(device)),  # noqa: S308  # drawn by us from a key of ours
        key=devices.key_of(device),
        address=device.config_url,
    )


@open_to_all("the back office's site asks who it is")
def renew_codes(request: HttpRequest, site: Any) -> HttpResponse:
    """Make new recovery codes for whoever has come in with the second factor."""
    if not is_verified(request) or not isinstance(request.user, User):
        return HttpResponseRedirect(reverse("admin:second_factor_set_up"))
    if request.method == "POST":
        codes = devices.renew_codes(user=request.user)
        return _page(request, site, "codes", "Recovery codes", codes=codes, way_on=reverse("admin:index"))
    return _page(request, site, "renew", "New recovery codes?")


def _remember(request: HttpRequest, device: Any) -> None:
    request.session.cycle_key()
    remember_device(request, device)


def _page(
    request: HttpRequest, site: AdminSite, name: str, title: str, *, status: int = 200, **context: Any
) -> TemplateResponse:
    return TemplateResponse(
        request,
        f"platform_admin/second_factor/{name}.html",
        {**site.each_context(request), "title": title, "next": request.GET.get(REDIRECT_FIELD_NAME, ""), **context},
        status=status,
    )


def _to_sign_in_or_on(request: HttpRequest, site: AdminSite) -> HttpResponseRedirect:
    if site.has_permission(request):
        return HttpResponseRedirect(_way_on(request))
    return HttpResponseRedirect(_with_next(reverse("admin:login"), request))


def _with_next(address: str, request: HttpRequest) -> str:
    asked = request.META.get("QUERY_STRING", "")
    return f"{address}?{asked}" if asked else address


def _way_on(request: HttpRequest) -> str:
    """Return where the caller wanted to go, if that is here."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_here = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=False)
    return wanted if wanted and is_here else reverse("admin:index")
