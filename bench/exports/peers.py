"""What people write first: a serializer list, and an ORM iterator with csv.writer. Prints the seconds it took."""

import csv
import json
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.db.models import QuerySet

django.setup()

from django.utils import timezone  # noqa: E402  # after setup
from django_tenants.utils import tenant_context  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402

from core.models import Tenant  # noqa: E402
from schedule.models import Event  # noqa: E402

DIRECT = ("id", "start_at", "end_at", "status", "service_id")
COLUMNS = (
    *DIRECT,
    "service_name",
    "customer_id",
    "customer_name",
    "customer_email",
    "customer_phone",
    "resource_ids",
    "resource_names",
    "price_cents",
    "currency",
    "source",
    "notes",
    "created_at",
    "updated_at",
    "cancelled_at",
    "completed_at",
)
FORMULA_STARTS = "=+-@\t\r＝＋－＠"


class AppointmentSerializer(serializers.ModelSerializer[Event]):
    """The columns of the export."""

    service_id = serializers.IntegerField()
    service_name = serializers.CharField(source="service.name")
    customer_id = serializers.UUIDField()
    customer_name = serializers.CharField(source="customer.name")
    customer_email = serializers.CharField(source="customer.email")
    customer_phone = serializers.CharField(source="customer.phone")
    resource_ids = serializers.SerializerMethodField()
    resource_names = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = COLUMNS

    def get_resource_ids(self, event: Event) -> list[int]:
        """Return the resources' ids."""
        return [part.resource_id for part in event.participants.all()]

    def get_resource_names(self, event: Event) -> list[str]:
        """Return the resources' names."""
        return [part.resource.name for part in event.participants.all()]


def events(until: datetime) -> QuerySet[Event]:
    """Return the appointments, their surroundings fetched in as few queries as the ORM can."""
    parts = Event.participants.rel.related_model._default_manager.select_related("resource").order_by("resource_id")
    return (
        Event.objects.filter(start_at__lt=until)
        .select_related("service", "customer")
        .prefetch_related(django.db.models.Prefetch("participants", queryset=parts))
        .order_by("id")
    )


def write_serialized(path: Path, until: datetime) -> None:
    """Serialize everything, render it, write it: one row a line, so that it can be compared."""
    rows = AppointmentSerializer(events(until), many=True).data
    body = JSONRenderer().render(rows)
    path.write_bytes(body)


def write_iterated(path: Path, until: datetime, zone: ZoneInfo) -> None:
    """Write a record per row of the iterator."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for event in events(until).iterator(chunk_size=2000):
            writer.writerow(list(_record(event, zone)))


def _record(event: Event, zone: ZoneInfo) -> Iterator[Any]:
    parts = list(event.participants.all())
    special = {
        "service_name": event.service.name,
        "customer_name": event.customer.name,
        "customer_email": event.customer.email,
        "customer_phone": event.customer.phone,
        "resource_ids": ";".join(str(part.resource_id) for part in parts),
        "resource_names": ";".join(part.resource.name for part in parts),
    }
    for name in COLUMNS:
        value = special[name] if name in special else getattr(event, name)
        if isinstance(value, datetime):
            yield value.astimezone(zone).isoformat()
        elif isinstance(value, str) and name != "customer_phone" and value[:1] and value[0] in FORMULA_STARTS:
            yield f"'{value}"
        else:
            yield value


def main() -> None:
    """Run one of them."""
    name, path, last = sys.argv[1], Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
    tenant = Tenant.objects.get(schema_name="bench")
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=tenant.zone)
    with tenant_context(tenant), timezone.override(tenant.zone):
        began = time.perf_counter()
        if name == "serializer":
            write_serialized(path, until)
        else:
            write_iterated(path, until, tenant.zone)
        took = time.perf_counter() - began
    if name == "serializer":
        path.write_text("\n".join(json.dumps(row) for row in json.loads(path.read_bytes())), encoding="utf-8")
    sys.stdout.write(f"{took}\n")


if __name__ == "__main__":
    main()
