"""What programs other people wrote understand of our entries on real servers. Numbers are acceptance cases."""

from pathlib import Path

from calendar_sync.services.linking import note_change
from core.links import tenant_url
from tests.calendar_sync.desk import Desk
from tests.calendar_sync.readers import AWKWARD, CLOCKS_CHANGE, READERS, same, vdirsyncer
from tests.calendar_sync.servers import PASSWORD, USER
from tests.calendar_sync.shop import HOUR
from tests.factories.schedule import CustomerFactory, EventFactory


def test_cases_2_and_50_every_reader_understands_our_entries(desk: Desk, tmp_path: Path) -> None:
    desk.service.name = AWKWARD
    desk.service.save()
    customer = CustomerFactory.create(name="Ada; Lovelace", phone="", email="ada@example.com")
    event = EventFactory.create(
        service=desk.service, customer=customer, start_at=CLOCKS_CHANGE, resources=[desk.resource]
    )
    note_change(event_id=event.pk, resource_ids=[desk.resource.pk], now=desk.now)
    desk.visit()
    address = f"{desk.server.url}{desk.path.removeprefix('/')}"
    config = vdirsyncer.of_calendar(tmp_path / "pair", address, username=USER, password=PASSWORD)

    [item], _ = vdirsyncer.synced(config)
    _, changed = vdirsyncer.synced(config)

    assert changed == 0
    expected = {
        "start_at": CLOCKS_CHANGE,
        "end_at": CLOCKS_CHANGE + HOUR,
        "summary": f"{AWKWARD} · Ada; Lovelace",
        "description": f"ada@example.com\n{tenant_url(desk.tenant, '/appointments')}",
        "status": "CONFIRMED",
        "sequence": event.version,
    }
    for reader in READERS.values():
        same(reader(item, tmp_path), [expected])
