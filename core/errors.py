"""Refusals with a stable code. Raised by services; turned into an HTTP answer at the edge (`core.problems`)."""

from typing import Any


class DomainError(Exception):
    """A request that cannot be fulfilled: `detail` tells the caller what to do, `code` never changes.

    `extra` is added to the body of the answer and must be JSON-ready.
    """

    status = 400
    code = "invalid"

    def __init__(self, detail: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.extra = extra

    @property
    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        return {"detail": self.detail, "code": self.code, **self.extra}


class FieldError(DomainError):
    """One field of the request cannot be used."""

    def __init__(self, field: str, message: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(f"{field}: {message}", code=code, errors={field: [message]}, **extra)


class Forbidden(DomainError):
    """The caller is known and may not do this."""

    status = 403
    code = "permission_denied"


class Missing(DomainError):
    """What the request names does not exist for this caller."""

    status = 404
    code = "not_found"


class Conflict(DomainError):
    """The request contradicts the present state."""

    status = 409
    code = "conflict"


class StaleWrite(DomainError):
    """The object has changed since the caller read it."""

    status = 412
    code = "stale_version"


class Unprocessable(DomainError):
    """The request is well-formed and cannot be meant."""

    status = 422
    code = "unprocessable"


class TooManyRequests(DomainError):
    """The caller must wait; `retry_after_seconds` says how long."""

    status = 429
    code = "too_many_requests"

    def __init__(self, detail: str, *, retry_after_seconds: int, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.retry_after_seconds = retry_after_seconds
