"""The words of the scheduling domain."""

from django.db.models import TextChoices


class ResourceType(TextChoices):
    """What kind of thing is booked."""

    STAFF = "staff"
    ROOM = "room"
    EQUIPMENT = "equipment"


class Status(TextChoices):
    """Where an appointment stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


BLOCKING_STATUSES = (Status.PENDING, Status.CONFIRMED, Status.COMPLETED)
"""Statuses in which an appointment takes its resources' time."""

OPEN_STATUSES = (Status.PENDING, Status.CONFIRMED)
"""Statuses from which an appointment can still be moved, cancelled, completed or missed."""

CLOSED_STATUSES = (Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW)
"""Statuses in which an appointment has come to an end; reopening takes that back."""


class BookingSource(TextChoices):
    """Who made the appointment."""

    STAFF = "staff"
    API = "api"
    PUBLIC = "public"
    SYNC = "sync"


class TimeOffSource(TextChoices):
    """Where a block of busy time comes from."""

    MANUAL = "manual"
    CALENDAR = "calendar"


class HistoryKind(TextChoices):
    """What happened to an appointment."""

    CREATED = "created"
    CONFIRMED = "confirmed"
    RESCHEDULED = "rescheduled"
    EDITED = "edited"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    REOPENED = "reopened"


class Rule(TextChoices):
    """A rule that keeps a time from being offered or booked."""

    INACTIVE_SERVICE = "inactive_service"
    INACTIVE_RESOURCE = "inactive_resource"
    NOT_ABLE = "not_able"
    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    CLOSED = "closed"
    TIME_OFF = "time_off"
    BUSY = "busy"
    BUFFER = "buffer"
    STEP = "step"
