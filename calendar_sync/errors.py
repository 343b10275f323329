"""Refusals of calendar sync."""

from calendar_sync.enums import Code
from core.errors import Conflict, DomainError, FieldError


class NotConnected(DomainError):
    """A server could not be used with what was typed; `code` says why."""

    def __init__(self, detail: str, *, code: Code) -> None:
        super().__init__(detail, code=code.value)


class AlreadyConnected(Conflict):
    """The account is connected for the same resource."""

    code = Code.ALREADY_CONNECTED.value


class NotWritable(FieldError):
    """The server does not let us write into the calendar."""

    def __init__(self) -> None:
        super().__init__(
            "write_target", "This calendar can only be read. Choose another to write to.", code="read_only"
        )


class Running(Conflict):
    """A visit is under way already."""

    code = "sync_running"
