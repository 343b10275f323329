"""What the pages of the life of a business have in common."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import Http404, HttpRequest

from core.back_office import ReadOnlyAdmin
from core.errors import DomainError
from core.models import User

REFRESH_SECONDS = 2
REST_SECONDS = 60


@dataclass(frozen=True)
class Step:
    """One line of a progress page. `state` is `done`, `current` or `ahead`."""

    label: str
    state: str
    note: str = ""


def steps_of(choices: type[TextChoices], current: str, *, skipped: frozenset[str] = frozenset()) -> list[Step]:
    """Return the steps in order, those before `current` as done; the last one is done once it is reached."""
    values = [value for value in choices.values if value not in skipped]
    position = values.index(current) if current in values else 0
    states = [
        "done" if number < position else "current" if number == position else "ahead" for number in range(len(values))
    ]
    if position == len(values) - 1:
        states[-1] = "done"
    return [Step(str(choices(value).label), state) for value, state in zip(values, states, strict=True)]


def number_in(address: str) -> UUID:
    """Return the id that an address names. Raises Http404 for what is none."""
    try:
        return UUID(unquote(address))
    except ValueError as error:
        raise Http404 from error


def acting_user(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied for nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class WorkAdmin(ReadOnlyAdmin):
    """Unfinished work: a list, and a page on which it can be followed and decided about."""

    actions = None

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return what every page about one row shows."""
        may_change = request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(row),
            "row": row,
            "may_change": may_change,
        }

    def require_change(self, request: HttpRequest) -> User:
        """Return who is signed in. Raises PermissionDenied unless they may decide about such work."""
        user = acting_user(request)
        if not user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"):
            raise PermissionDenied
        return user

    def say(self, request: HttpRequest, act: Any, done: str) -> None:
        """Do something and say so, or why not."""
        try:
            act()
        except DomainError as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
