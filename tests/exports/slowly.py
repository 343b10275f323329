"""A dataset that takes three seconds: 300 rows of ten kilobytes, each a hundredth of a second."""

from core.datasets import Column, ColumnType, Dataset

ROWS = 300
TEXT = "x" * 10_000

SLOWLY = Dataset(
    key="slowly",
    name="Slowly",
    summary="…",
    version=1,
    source=f"generate_series(1, {ROWS}) number",
    identity="number",
    changed="now()",
    columns=(
        Column("id", ColumnType.INTEGER, "number", "…"),
        Column("text", ColumnType.CODE, "repeat('x', 10000) || pg_sleep(0.01)::text", "…"),
    ),
    filters=(),
)
FILE = b"id,text\r\n" + b"".join(f"{number},{TEXT}\r\n".encode() for number in range(1, ROWS + 1))
