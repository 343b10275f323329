from datetime import UTC, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from core.models import Tenant
from demo.copying import copy_into
from schedule.enums import HistoryKind, Status
from schedule.models import EventHistory, Participant, Resource
from tests.factories.schedule import EventFactory

AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 13, 0, tzinfo=UTC)
AWKWARD = 'She said: "fine",\nthen \\ and \t and ’ — \\.'


def test_every_kind_of_value_arrives_as_it_was(tenant: Tenant) -> None:
    event = EventFactory.create()

    copy_into(
        EventHistory,
        [
            {"event_id": event.pk, "kind": HistoryKind.EDITED, "at": AT, "by_id": None, "after": {"notes": AWKWARD}},
            {"event_id": event.pk, "kind": "edited", "at": LATER, "before": {"n": 1, "of": [2]}},
        ],
    )

    stored = EventHistory.objects.filter(kind="edited").order_by("at")
    assert [(row.at, row.by_id, row.before, row.after) for row in stored] == [
        (AT, None, {}, {"notes": AWKWARD}),
        (LATER, None, {"n": 1, "of": [2]}, {}),
    ]


def test_an_empty_text_is_not_null_and_a_default_is_used(tenant: Tenant) -> None:
    copy_into(Resource, [{"name": AWKWARD, "timezone": "", "updated_at": AT}])

    stored = Resource.objects.get(name=AWKWARD)
    assert (stored.timezone, stored.max_concurrent_events, stored.is_active, stored.updated_at) == ("", 1, True, AT)


def test_a_pair_of_moments_is_a_half_open_range(tenant: Tenant) -> None:
    event = EventFactory.create(status=Status.CANCELLED, cancelled_at=AT)
    resource = Resource.objects.create(name="Room")

    copy_into(
        Participant,
        [
            {
                "event_id": event.pk,
                "resource_id": resource.pk,
                "occupied": (AT, LATER),
                "blocks": False,
                "exclusive": True,
            }
        ],
    )

    stored = Participant.objects.get(event=event, resource=resource)
    assert (stored.occupied, stored.blocks, stored.exclusive) == (DateTimeTZRange(AT, LATER, "[)"), False, True)


def test_an_unknown_attribute_is_refused(tenant: Tenant) -> None:
    with pytest.raises(LookupError, match="Resource has no attribute colour"):
        copy_into(Resource, [{"name": "Room", "colour": "#000000"}])
