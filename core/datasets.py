"""Tables an app lets others read in bulk: named columns and filters over SQL, without knowing who reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """What a column holds, and so how each format writes it."""

    TEXT = "text"
    CODE = "code"
    """Text that programs read, such as a phone number: no format may alter it."""
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TIMESTAMP = "timestamp"
    UUID = "uuid"
    INTEGERS = "integers"
    TEXTS = "texts"


class FilterType(StrEnum):
    """What a filter's value must be."""

    FIRST_DATE = "first_date"
    """A local date; the condition gets the instant at which it begins."""
    LAST_DATE = "last_date"
    """A local date, itself included; the condition gets the instant at which the next one begins."""
    TIMESTAMP = "timestamp"
    CHOICE = "choice"
    INTEGER = "integer"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One column; `sql` is an expression over the dataset's source."""

    name: str
    type: ColumnType
    sql: str
    summary: str


@dataclass(frozen=True)
class Filter:
    """One filter; `sql` is a condition in which ``%(value)s`` stands for the parsed value."""

    name: str
    type: FilterType
    sql: str
    summary: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """A table to be exported or counted, one row per `identity`.

    `source` is what follows FROM, `identity` the expression of one of the columns (a UUID or an integer), `changed` an
    expression that tells when anything in the row last changed. `deleted` is a query of `row_id` (as text) and
    `deleted_at` of the rows that are gone, None where rows are never deleted. `version` grows when a column is renamed,
    removed or changes its meaning. In all SQL a percent sign is written twice.
    """

    key: str
    name: str
    summary: str
    version: int
    source: str
    identity: str
    changed: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    deleted: str | None = None

    @property
    def identity_column(self) -> Column:
        """The column that identifies a row. Raises LookupError when `identity` is none of the columns."""
        for column in self.columns:
            if column.sql == self.identity:
                return column
        raise LookupError(f"the dataset {self.key!r} has no column {self.identity}")

    @property
    def columns_by_name(self) -> Mapping[str, Column]:
        """Columns by name, in order."""
        return {column.name: column for column in self.columns}

    @property
    def filters_by_name(self) -> Mapping[str, Filter]:
        """Filters by name, in order."""
        return {one.name: one for one in self.filters}
