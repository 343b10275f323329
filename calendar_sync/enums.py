"""The words of calendar sync."""

from django.db.models import TextChoices


class ProviderKey(TextChoices):
    """What kind of server holds the calendars."""

    CALDAV = "caldav"
    GOOGLE = "google"
    MICROSOFT = "microsoft"
    ICS = "ics"


class ConnectionState(TextChoices):
    """Where a connection stands.

    `pending_auth` until it was allowed; `active` when the last attempt worked; `degraded` while attempts fail and go
    on; `rate_limited` until the server wants to be asked again; `needs_reauth` until a person allows it anew; `paused`
    by a person or by the plan; `error` for what no repetition mends; `disconnecting` while it is taken apart.
    """

    PENDING_AUTH = "pending_auth"
    ACTIVE = "active"
    DEGRADED = "degraded"
    RATE_LIMITED = "rate_limited"
    NEEDS_REAUTH = "needs_reauth"
    PAUSED = "paused"
    ERROR = "error"
    DISCONNECTING = "disconnecting"


RESTING_STATES = (
    ConnectionState.PENDING_AUTH,
    ConnectionState.NEEDS_REAUTH,
    ConnectionState.PAUSED,
    ConnectionState.ERROR,
)
"""States in which no server is asked until a person or the plan changes something."""


class PausedBy(TextChoices):
    """Who paused a connection. A pause by the plan ends by itself when the plan allows again."""

    NOBODY = ""
    USER = "user"
    PLAN = "plan"


class LinkState(TextChoices):
    """Where the copy of an appointment in a calendar stands.

    `pending` to be written; `synced`; `remote_changed` was changed there and is about to be put back; `conflict` needs
    a person; `detached` is left alone for good; `deleted` there on our behalf; `failed` could not be written.
    """

    PENDING = "pending"
    SYNCED = "synced"
    REMOTE_CHANGED = "remote_changed"
    CONFLICT = "conflict"
    DETACHED = "detached"
    DELETED = "deleted"
    FAILED = "failed"


class Privacy(TextChoices):
    """How much of an appointment a calendar or a feed shows."""

    BUSY = "busy"
    INITIALS = "initials"
    FULL = "full"


class RunKind(TextChoices):
    """What a run set out to do: read changes, read everything and compare, or write."""

    PULL = "pull"
    RECONCILE = "reconcile"
    PUSH = "push"


class RunOutcome(TextChoices):
    """How a run ended; `running` has not."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class FeedScope(TextChoices):
    """Whose appointments a feed holds."""

    RESOURCE = "resource"
    TENANT = "tenant"


class Code(TextChoices):
    """Why something did not work; part of the API."""

    NONE = ""
    URL_NOT_ALLOWED = "url_not_allowed"
    AUTH_FAILED = "auth_failed"
    TLS_ERROR = "tls_error"
    NOT_A_CALENDAR = "not_a_calendar"
    NO_CALENDARS = "no_calendars"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    BAD_ANSWER = "bad_answer"
    RATE_LIMITED = "rate_limited"
    ALREADY_CONNECTED = "already_connected"
    NEEDS_REAUTH = "needs_reauth"
    STATE_INVALID = "state_invalid"
    MISSING_SCOPE = "missing_scope"
    NOT_FOUND = "not_found"
    MASS_DELETE = "mass_delete"
    UNREADABLE_SECRET = "unreadable_secret"  # noqa: S105
