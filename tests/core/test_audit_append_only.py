"""The database keeps the audit log as it was written, whoever asks."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from core.audit import record
from core.audit_retention import ERASED, erase_person, erasure_allowed, forget_entries_before
from core.models import AuditEntry, SupportAccess, Tenant, User
from tests.core.supporters import in_the_place_of, member, supporter

Act = Callable[[AuditEntry], object]


@pytest.fixture
def entry(tenant: Tenant) -> AuditEntry:
    """Something Ann did at Acme, with Sue in her place."""
    ann = User.objects.create_user("ann@acme.example", name="Ann")
    sue = User.objects.create_user("sue@platform.example", name="Sue")
    made = record("thing.changed", tenant=tenant, actor=ann, impersonator=sue, object_label="Thing", after={"a": 1})
    connection.check_constraints()  # as a commit would
    return made


def sql(statement: str) -> None:
    """Run a statement as it is."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def saved(entry: AuditEntry) -> None:
    """Save an entry that was changed."""
    entry.action = "nothing"
    entry.save()


def moved(entry: AuditEntry) -> None:
    """Blame somebody else."""
    entry.actor = User.objects.create_user("bob@acme.example")
    entry.save()


@pytest.mark.parametrize(
    "act",
    [
        saved,
        moved,
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(object_label=""),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(tenant=None, action="nothing"),
        lambda entry: AuditEntry.objects.bulk_update([AuditEntry(pk=entry.pk, after={})], ["after"]),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk)._raw_delete("default"),
        lambda entry: sql("UPDATE core_auditentry SET actor_label = ''"),
        lambda entry: sql("UPDATE core_auditentry SET at = now()"),
        lambda entry: sql("DELETE FROM core_auditentry"),
        lambda entry: sql("TRUNCATE core_auditentry"),
        lambda entry: sql("TRUNCATE core_tenant CASCADE"),
        lambda entry: sql(
            "INSERT INTO core_auditentry SELECT * FROM core_auditentry ON CONFLICT (id) DO UPDATE SET action = ''"
        ),
    ],
)
def test_no_entry_changes_or_goes(act: Act, entry: AuditEntry) -> None:
    before = AuditEntry.objects.values().get(pk=entry.pk)

    refusal = r"the audit log is append-only: (UPDATE|DELETE|TRUNCATE) is refused"
    with pytest.raises(ProgrammingError, match=refusal), transaction.atomic():
        act(entry)

    assert AuditEntry.objects.values().get(pk=entry.pk) == before


def test_names_stay_when_what_they_name_is_gone(entry: AuditEntry) -> None:
    User.objects.filter(email__in=["ann@acme.example", "sue@platform.example"]).delete()
    AuditEntry.objects.filter(pk=entry.pk).update(tenant=None)

    entry.refresh_from_db()
    assert (entry.tenant, entry.actor, entry.impersonator) == (None, None, None)
    assert (entry.tenant_label, entry.actor_label, entry.impersonator_label) == (
        "Acme",
        "ann@acme.example",
        "sue@platform.example",
    )


def test_what_was_cut_loose_is_not_tied_to_somebody_else(entry: AuditEntry) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(actor=None)

    with pytest.raises(ProgrammingError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(actor=User.objects.create_user("bob@acme.example"))

    entry.refresh_from_db()
    assert entry.actor is None


def test_the_door_for_the_law_closes_behind_one(entry: AuditEntry) -> None:
    with erasure_allowed():
        AuditEntry.objects.filter(pk=entry.pk).update(object_label="")

    with pytest.raises(ProgrammingError), transaction.atomic():
        entry.delete()

    entry.refresh_from_db()
    assert entry.object_label == ""


def test_retention(entry: AuditEntry) -> None:
    with erasure_allowed():
        AuditEntry.objects.filter(pk=entry.pk).update(at=datetime(2020, 1, 31, 23, 59, tzinfo=UTC))
    kept = record("thing.seen", tenant=None, actor=None)

    assert forget_entries_before(moment=datetime(2020, 2, 1, tzinfo=UTC), by=None) == 1

    left = AuditEntry.objects.order_by("pk")
    assert [one.action for one in left] == ["thing.seen", "audit.trimmed"]
    assert left[0] == kept
    assert left[1].after == {"before": "2020-02-01T00:00:00+00:00", "entries": 1}


def test_erasing_a_person(entry: AuditEntry, tenant: Tenant) -> None:
    ann = User.objects.get(email="ann@acme.example")
    record(
        "user.renamed", tenant=tenant, actor=ann, object_label=ann.email, before={"name": "Ann"}, after={"name": "A"}
    )
    record("invitation.created", tenant=tenant, actor=None, object_label="ann@acme.example", after={"role": "staff"})
    other = record("thing.seen", tenant=tenant, actor=None, object_label="bob@acme.example", after={"b": 2})

    assert erase_person(email="Ann@acme.example ", by=None) == 3

    rows = [
        (one.action, one.actor, one.actor_label, one.object_label, one.after)
        for one in AuditEntry.objects.order_by("pk")
    ]
    assert rows == [
        ("thing.changed", None, ERASED, "Thing", {"a": 1}),
        ("user.renamed", None, ERASED, ERASED, {}),
        ("invitation.created", None, "", ERASED, {"role": "staff"}),
        ("thing.seen", None, "", "bob@acme.example", {"b": 2}),
        ("audit.person_erased", None, "", ERASED, {"entries": 3}),
    ]
    assert AuditEntry.objects.get(pk=entry.pk).impersonator_label == "sue@platform.example"
    assert AuditEntry.objects.get(pk=other.pk).object_label == "bob@acme.example"


def test_erasing_a_person_takes_their_name_from_visits_of_support(tenant: Tenant) -> None:
    in_the_place_of(member(tenant), by=supporter())

    erase_person(email="ann@acme.example", by=None)

    visit = SupportAccess.objects.get()
    assert (visit.person, visit.person_label, visit.by_label) == (None, ERASED, "Sue Port")


def test_the_command(entry: AuditEntry, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit_retention", "--erase", "sue@platform.example")
    call_command("audit_retention", "--before", "2000-01-01")

    assert capsys.readouterr().out == "erased from 1 entries\ndeleted 0 entries\n"
    assert AuditEntry.objects.get(pk=entry.pk).impersonator_label == ERASED


@pytest.mark.parametrize(
    "arguments", [(), ("--before", "yesterday"), ("--before", "2026-01-01", "--erase", "a@b.example")]
)
def test_the_command_wants_one_thing_it_can_read(arguments: tuple[str, ...], db: None) -> None:
    with pytest.raises(CommandError):
        call_command("audit_retention", *arguments)

    assert not AuditEntry.objects.filter(action__startswith="audit.").exists()
