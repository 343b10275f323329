"""How the API describes itself: summaries from docstrings, tags from manifests, the refusals every operation has."""

from collections.abc import Sequence
from typing import Any, Literal

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from core.installed import registry
from core.permissions import FeatureGate, QuotaGate

ACTION_WORDS = {
    "list": "List {plural}",
    "retrieve": "Get one of the {plural}",
    "create": "Add one of the {plural}",
    "update": "Replace one of the {plural}",
    "partial_update": "Change one of the {plural}",
    "destroy": "Delete one of the {plural}",
}


class Problem(serializers.Serializer[Any]):
    """A refusal. `detail` is for people, `code` for programs; some refusals add more."""

    detail = serializers.CharField()
    code = serializers.CharField()


class ValidationProblem(Problem):
    """A refusal of single fields."""

    errors = serializers.DictField(child=serializers.JSONField(), required=False)  # type: ignore[assignment]  # a field


class Schema(AutoSchema):
    """drf-spectacular's schema with this project's conventions."""

    def get_summary(self) -> str | None:
        """Return the first line of the operation's docstring, else a sentence made from its action."""
        words = ACTION_WORDS.get(getattr(self.view, "action", None) or "")
        own = self._own_docstring()
        if own:
            return own.splitlines()[0].rstrip(".")
        return words.format(plural=self._plural()) if words else None

    def get_description(self) -> str:  # type: ignore[override]  # spectacular takes no arguments
        """Return what follows the first line of the operation's docstring."""
        own = self._own_docstring()
        _, _, rest = own.partition("\n")
        return "\n".join(line.strip() for line in rest.strip().splitlines())

    def get_tags(self) -> list[str]:
        """Return the name of the app the view belongs to."""
        manifest = registry().owner_of(type(self.view).__module__)
        return [manifest.name] if manifest else super().get_tags()

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status_code, response in self._refusals().items():
            bodies.setdefault(status_code, self._body_of(response, status_code))
        return bodies

    def _refusals(self) -> dict[str, OpenApiResponse]:
        found = {"429": _refusal("Too many requests; `Retry-After` says how long to wait.", "too_many_requests")}
        if self.method in {"POST", "PUT", "PATCH"} or self._has_parameters():
            found["400"] = OpenApiResponse(ValidationProblem, "A field or parameter cannot be used; it is named.")
        permissions = self.view.get_permissions()
        if not all(isinstance(permission, AllowAny) for permission in permissions):
            found["401"] = _refusal("Nobody is signed in here.", "not_authenticated")
            found["403"] = _refusal(self._forbidden_because(permissions), "feature_not_in_plan")
        if "{" in self.path:
            found["404"] = _refusal("There is no such object in this business.", "not_found")
        if self.method in {"POST", "PUT", "PATCH", "DELETE"} and self.path.startswith("/api/"):
            found["409"] = _refusal("The request contradicts the present state.", "conflict")
        return found

    @staticmethod
    def _forbidden_because(permissions: Sequence[Any]) -> str:
        reasons = ["the role is too low"]
        reasons += [f"the plan lacks `{p.key}`" for p in permissions if isinstance(p, FeatureGate)]
        reasons += [f"the quota `{p.key}` is used up" for p in permissions if isinstance(p, QuotaGate)]
        return f"Refused: {', or '.join(reasons)}."

    def _body_of(self, response: OpenApiResponse, status_code: str) -> dict[str, Any]:
        body: dict[str, Any] = self._get_response_for_code(response, status_code)  # type: ignore[no-untyped-call]  # untyped there
        return body

    def _has_parameters(self) -> bool:
        return self._is_list_view() or bool(self.get_override_parameters())

    def _own_docstring(self) -> str:
        handler = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        defined_here = handler is not None and not handler.__module__.startswith("rest_framework")
        return (handler.__doc__ or "").strip() if defined_here else ""

    def _plural(self) -> str:
        queryset = getattr(self.view, "queryset", None)
        return str(queryset.model._meta.verbose_name_plural) if queryset is not None else "items"


class TokenScheme(OpenApiAuthenticationExtension):
    """How a token is sent."""

    target_class = "core.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the scheme of `Authorization: Token …`."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` followed by what `POST /auth-token/` or `POST /api/tokens/` answered.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """The dashboard's cookie."""

    target_class = "core.authentication.MemberSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the scheme of the session cookie."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Writes also echo the CSRF cookie in `X-CSRFToken`.",
        }


def _refusal(description: str, code: str) -> OpenApiResponse:
    return OpenApiResponse(
        Problem,
        description,
        examples=[OpenApiExample(code, value={"detail": description, "code": code}, response_only=True)],
    )
