"""Writes of the scheduling domain. Every path that makes or moves an appointment goes through these verbs."""

from schedule.services.booking import book
from schedule.services.capacity import change_capacity
from schedule.services.lifecycle import cancel, complete, confirm, edit, mark_no_show
from schedule.services.moving import reschedule
from schedule.services.reopening import reopen

__all__ = [
    "book",
    "cancel",
    "change_capacity",
    "complete",
    "confirm",
    "edit",
    "mark_no_show",
    "reopen",
    "reschedule",
]
