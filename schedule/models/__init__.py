"""The rows of one business's schedule. All of them live in the tenant's schema."""

from schedule.models.appointments import Event, EventHistory, IdempotencyKey, Participant
from schedule.models.catalogue import Customer, DeletedRow, Resource, Service, ServiceResource
from schedule.models.hours import DateOverride, TimeOff, WorkingHours

__all__ = [
    "Customer",
    "DateOverride",
    "DeletedRow",
    "Event",
    "EventHistory",
    "IdempotencyKey",
    "Participant",
    "Resource",
    "Service",
    "ServiceResource",
    "TimeOff",
    "WorkingHours",
]
