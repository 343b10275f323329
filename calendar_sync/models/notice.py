"""Letters that are still to be sent."""

from django.db import models
from django.utils.timezone import now as current_time

from calendar_sync.enums import Code
from calendar_sync.models.connection import CalendarConnection
from core.ids import uuid7
from core.models import Leased, LeasedQuerySet


class Notice(Leased):
    """That a person has to be told that a connection needs them; as leased work, the letter that tells it.

    Written in the transaction in which the connection came to rest, so that a killed worker loses no letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=32, choices=Code)
    created_at = models.DateTimeField(default=current_time, editable=False)
    sent_at = models.DateTimeField(null=True)

    objects = LeasedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.code} of {self.connection_id}"
