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


class StateInvalid(DomainError):
    """The way back from a consent page leads nowhere: its state is unknown, used, too old or somebody else's."""

    code = Code.STATE_INVALID.value

    def __init__(self) -> None:
        super().__init__("This link has been used or has expired. Start again from your calendar settings.")


class UseConsent(DomainError):
    """The account is let in by its provider's consent page and has no password here."""

    code = "use_consent"

    def __init__(self) -> None:
        super().__init__("This account is connected on its provider's consent page: POST connections/oauth/start/.")


class OtherAccount(Conflict):
    """Consent was given for another account than the one that is to be connected again."""

    code = "other_account"

    def __init__(self, expected: str) -> None:
        super().__init__(f"This is another account. Choose {expected}, or connect the other one by itself.")
