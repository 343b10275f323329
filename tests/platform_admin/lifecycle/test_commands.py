"""`manage.py delete_tenant`."""

import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from core.models import AuditEntry, Tenant, User
from platform_admin.lifecycle import deleting
from platform_admin.lifecycle.models import TenantDeletion
from tests.background import NotedTasks
from tests.platform_admin.lifecycle.made import schema_exists


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """A folder of the test's own for archives."""
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path


def delete(*arguments: str) -> str:
    """Run the command on Bravo; return what it says."""
    said = StringIO()
    call_command("delete_tenant", "bravo", *arguments, stdout=said)
    return said.getvalue()


def test_it_waits_for_its_week(other_tenant: Tenant, queue: NotedTasks) -> None:
    said = delete("--confirm", "bravo")

    deletion = TenantDeletion.objects.get()
    assert said == f"Bravo is suspended and will be deleted on {deletion.due_at:%Y-%m-%d %H:%M} UTC.\n"
    assert (queue.names, schema_exists("bravo"), deletion.state) == (["delete_business"], True, "waiting")


def test_at_once_with_an_archive_elsewhere(other_tenant: Tenant, queue: NotedTasks, data_dir: Path) -> None:
    said = delete("--confirm", "bravo", "--at-once", "--export", str(data_dir / "out"), "--reason", "Asked by letter")

    (archive,) = (data_dir / "out").iterdir()
    first, last = said.splitlines()
    assert first.startswith(f"{archive}: ")
    assert (last, schema_exists("bravo"), zipfile.is_zipfile(archive)) == ("Bravo is gone.", False, True)
    assert AuditEntry.objects.get(action="tenant.deleted").before["reason"] == "Asked by letter"
    assert queue.run() == ["delete_business"]  # the wake-up call finds nothing left to do


def test_accounts_and_archive_as_chosen(other_tenant: Tenant, queue: NotedTasks, data_dir: Path) -> None:
    delete("--confirm", "bravo", "--at-once", "--keep-accounts", "--without-archive")

    assert User.objects.get(email="owner@bravo.example").is_active
    assert not (data_dir / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bravo", "--confirm", "Bravo"), "Type bravo to delete this business"),
        (("bravo", "--confirm", "acme", "--at-once"), "Type bravo to delete this business"),
        (("nobody", "--confirm", "nobody"), "There is no business 'nobody'"),
        (("bravo", "--confirm", "bravo", "--export", "/dev/null/x"), "Nothing was deleted"),
    ],
)
def test_what_is_refused_deletes_nothing(
    arguments: tuple[str, ...], said: str, other_tenant: Tenant, queue: NotedTasks
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("delete_tenant", *arguments)

    assert (schema_exists("bravo"), TenantDeletion.objects.count(), queue.names) == (True, 0, [])


def test_a_deletion_that_breaks_off_says_so(
    other_tenant: Tenant, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(deleting, "write_archive", fails)

    with pytest.raises(CommandError, match=r"No space left on device\. A worker tries again"):
        delete("--confirm", "bravo", "--at-once")

    assert schema_exists("bravo")
