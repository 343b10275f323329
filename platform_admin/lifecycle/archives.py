"""Everything of one business in one file, for the time when it is gone.

A zip file with a table of the schema per entry as CSV, its entries in the audit log, and two JSON files: what the
platform knows of the business, and a manifest with the number of rows of each table. All of it is of one moment.
Columns that hold secrets of other services are left out. Written to the side and renamed, so that a file is whole.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from core.models import SealedField, Tenant
from platform_admin.lifecycle.schemas import quoted

FORMAT_VERSION = 1
CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Archive:
    """A finished archive. `rows` counts those of all tables."""

    name: str
    size_bytes: int
    sha256: str
    rows: int


def archives_folder() -> Path:
    """Return where archives are kept."""
    folder: Path = settings.DATA_DIR / "farewells"
    return folder


def write_archive(
    *, tenant: Tenant, members: Sequence[Mapping[str, Any]], folder: Path, name: str, now: datetime
) -> Archive:
    """Write the archive `name` into `folder`, in place of an earlier one. Raises OSError when there is no room."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _one_moment():
                tables = {table: _copy_table(archive, tenant, table) for table in _tables_of(tenant)}
                audit = _copy(
                    archive,
                    "audit.csv",
                    "SELECT * FROM public.core_auditentry WHERE tenant_id = %s ORDER BY id",
                    tenant.pk,
                )
                archive.writestr("business.json", _json(_description(tenant, members)))
                archive.writestr("manifest.json", _json(_manifest(tenant, tables, audit, now)))
            file.flush()
            os.fsync(file.fileno())
        size_bytes, sha256 = part.stat().st_size, _sha256(part)
        part.rename(folder / name)
    finally:
        part.unlink(missing_ok=True)
    return Archive(name, size_bytes, sha256, sum(tables.values()) + audit)


def remove_archive(name: str) -> None:
    """Remove an archive, if it is there."""
    if name:
        (archives_folder() / name).unlink(missing_ok=True)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as of one moment; inside a transaction that has begun, as that one sees it."""
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _tables_of(tenant: Tenant) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [tenant.schema_name])
        return [table for (table,) in cursor.fetchall()]


def _copy_table(archive: zipfile.ZipFile, tenant: Tenant, table: str) -> int:
    columns = ", ".join(quoted(column) for column in _columns_of(tenant, table))
    source = f"SELECT {columns} FROM {quoted(tenant.schema_name)}.{quoted(table)}"  # noqa: S608  # names of the catalogue
    return _copy(archive, f"tables/{table}.csv", source)


def _columns_of(tenant: Tenant, table: str) -> list[str]:
    secret = _secret_columns().get(table, frozenset())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
            " ORDER BY ordinal_position",
            [tenant.schema_name, table],
        )
        return [column for (column,) in cursor.fetchall() if column not in secret]


def _secret_columns() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for model in apps.get_models():
        sealed = (field.column for field in model._meta.fields if isinstance(field, SealedField))
        found[model._meta.db_table] = frozenset(column for column in sealed if column)
    return found


def _copy(archive: zipfile.ZipFile, entry: str, source: str, *values: object) -> int:
    """Write what `source` selects as CSV with a line of names; return how many rows there were."""
    with connection.cursor() as cursor, archive.open(entry, "w", force_zip64=True) as file:
        statement = cursor.mogrify(source, values).decode() if values else source  # COPY takes no parameters
        counted = _Lines(file)
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')", counted)
        return int(cursor.rowcount)


class _Lines:
    """A file that COPY writes to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, chunk: str | bytes) -> None:
        """Write text as UTF-8, bytes as they are."""
        self._file.write(chunk.encode() if isinstance(chunk, str) else chunk)


def _description(tenant: Tenant, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "business": {field.attname: getattr(tenant, field.attname) for field in tenant._meta.concrete_fields},
        "plan": tenant.plan.code if tenant.plan else None,
        "domains": list(tenant.domains.order_by("pk").values_list("domain", flat=True)),
        "members": list(members),
    }


def _manifest(tenant: Tenant, tables: dict[str, int], audit: int, now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT_VERSION,
        "schema": tenant.schema_name,
        "written_at": now,
        "product": settings.SPECTACULAR_SETTINGS["VERSION"],
        "rows": {**{f"tables/{table}.csv": rows for table, rows in tables.items()}, "audit.csv": audit},
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
