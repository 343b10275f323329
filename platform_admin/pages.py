"""What the pages of one object have in common that Django's admin does not bring."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core.errors import DomainError
from core.models import User

LONGEST_TEXT = 300


class ConfirmationNeeded(Exception):
    """What was sent has consequences that must be seen first; `context` goes to the page that shows them."""

    def __init__(self, **context: Any) -> None:
        super().__init__("This must be confirmed.")
        self.context = context


class ObjectPages(admin.ModelAdmin[Any]):
    """An admin whose objects have pages beside their form."""

    def own_path(self, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        """Return the route `<object>/<name>/` to a page that platform staff alone may open."""
        guarded: Any = self.admin_site.admin_view(view)
        guarded.model_admin = self  # tells the start-up checks that the admin asks for permissions itself
        route = f"{self.opts.app_label}_{self.opts.model_name}_{name.replace('-', '_')}"
        found: URLPattern = path(f"<path:object_id>/{name}/", guarded, name=route)
        return found

    def object_for(self, request: HttpRequest, object_id: str, *, may: Callable[..., bool]) -> Any:
        """Return the object. Raises PermissionDenied unless `may(request, object)`, Http404 where there is none."""
        if not may(request):
            raise PermissionDenied
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        if not may(request, found):
            raise PermissionDenied
        return found

    def page(self, request: HttpRequest, template: str, obj: Any, title: str, **context: Any) -> TemplateResponse:
        """Return a page about `obj`."""
        return TemplateResponse(
            request,
            template,
            {**self.admin_site.each_context(request), "opts": self.opts, "object": obj, "title": title, **context},
        )

    def back_to(self, obj: Any) -> HttpResponseRedirect:
        """Return the way to the object's form."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[quote(obj.pk)]))

    def act(self, request: HttpRequest, obj: Any, do: Callable[[], str]) -> HttpResponse:
        """Do something to the object, say what `do` returns or why it was refused, and go back to its form."""
        try:
            self.message_user(request, do(), messages.SUCCESS)
        except DomainError as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
        return self.back_to(obj)


def typed(values: QueryDict, name: str) -> str:
    """Return what somebody typed outside a form of Django's: trimmed, cut to LONGEST_TEXT, without NUL."""
    return values.get(name, "").replace("\x00", "").strip()[:LONGEST_TEXT]


def signed_in_user(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied for nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
