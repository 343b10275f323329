"""Requests to the fake service and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote


@dataclass(frozen=True)
class Asked:
    """A request. `path` is below the version; names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def parts(self) -> tuple[str, ...]:
        """The segments of the path, decoded; functions without their parentheses."""
        return tuple(unquote(part).removesuffix("()") for part in self.path.strip("/").split("/"))

    @property
    def preferences(self) -> dict[str, str]:
        """What the Prefer header asks for (RFC 7240)."""
        pairs = (one.strip().partition("=") for one in self.headers.get("prefer", "").split(","))
        return {name: value.strip('"') for name, _, value in pairs if name}


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """An answer that is an error; `is_complaint` where the request itself makes no sense."""

    def __init__(self, status: int, code: str, message: str, *, is_complaint: bool = False) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.is_complaint = status, code, message, is_complaint

    @classmethod
    def wrong(cls, message: str) -> Self:
        """Return the refusal of a request that the documentation does not know."""
        return cls(400, "BadRequest", message, is_complaint=True)
