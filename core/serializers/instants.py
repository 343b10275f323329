"""Instants as callers write them and as they are shown."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any, overload
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime
from rest_framework import serializers

LARGEST_ID = 2**63 - 1
SPACE_BEFORE_OFFSET = re.compile(r" (?=\d{2}:?\d{2}$)")
FIRST_YEAR, LAST_YEAR = 2000, 2099


def parse_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of an ISO 8601 date and time; without an offset it is local time of `zone`.

    A local time that happens twice means its first occurrence. Raises ValueError, with a text for the caller, for one
    that is malformed, far out of range, or skipped when clocks were put forward.
    """
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("Use a date and time in ISO 8601, such as 2026-03-02T09:00:00+01:00.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    instant = moment.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(f"{moment:%H:%M} does not exist on {moment:%Y-%m-%d} in {zone.key}: clocks skip it.")
    return instant


@overload
def iso_in(zone: tzinfo, moment: datetime) -> str: ...
@overload
def iso_in(zone: tzinfo, moment: datetime | None) -> str | None: ...
def iso_in(zone: tzinfo, moment: datetime | None) -> str | None:
    """Return an instant in ISO 8601 with the zone's offset; None stays None."""
    return moment.astimezone(zone).isoformat() if moment is not None else None


class LocalDateTimeField(serializers.DateTimeField):
    """An instant, read and shown in the zone of the serializer's context: without an offset it is local time there."""

    def to_internal_value(self, value: Any) -> datetime:
        """Return the instant in UTC. Raises ValidationError where `parse_instant` raises ValueError."""
        if not isinstance(value, str) or len(value) > 64 or len(value) < len("2026-03-02T09:00"):
            raise serializers.ValidationError("Use a date and time in ISO 8601, such as 2026-03-02T09:00:00+01:00.")
        try:
            return parse_instant(value, self.context["zone"])
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value: datetime) -> str:
        """Return ISO 8601 with the zone's offset."""
        return iso_in(self.context["zone"], value)


class QueryInstantField(LocalDateTimeField):
    """An instant in a query string, where an unescaped `+` arrives as a space."""

    def to_internal_value(self, value: Any) -> datetime:
        """Return the instant in UTC. Raises ValidationError for anything else."""
        return super().to_internal_value(SPACE_BEFORE_OFFSET.sub("+", value) if isinstance(value, str) else value)
