"""Why a request to a foreign server came to nothing."""

from typing import Literal

from core.errors import FieldError

FailureCode = Literal["url_not_allowed", "unreachable", "tls_error", "timeout", "too_large", "bad_answer"]


class UrlNotAllowed(FieldError):
    """An address that requests of ours must not go to; for the one who typed it into the field `field`."""

    def __init__(self, message: str, *, field: str = "url") -> None:
        super().__init__(field, message, code="url_not_allowed")
        self.message = message


class OutgoingFailed(Exception):
    """No usable answer. `code` is stable; `detail` is fit to be shown and holds no secret and no internal address."""

    def __init__(self, code: FailureCode, detail: str) -> None:
        super().__init__(detail)
        self.code: FailureCode = code
        self.detail = detail
