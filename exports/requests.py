"""What somebody asks to have exported, whether by address or as a job."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from core.datasets import Dataset
from core.errors import FieldError
from core.installed import datasets
from exports.cursors import Cursor
from exports.formats import Format
from exports.values import FilterValue, check_value, refuse_backward_dates

FORMAT_PARAMETERS = ("export_format", "format")
OWN_PARAMETERS = (*FORMAT_PARAMETERS, "fields", "since", "bom")


@dataclass(frozen=True)
class ExportRequest:
    """A checked request. `filters` hold JSON values; `fields` are in the dataset's order, all of them by default."""

    dataset: Dataset
    format: Format = Format.CSV
    filters: Mapping[str, FilterValue] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    since: Cursor | None = None
    bom: bool = False

    def __post_init__(self) -> None:
        if not self.fields:
            object.__setattr__(self, "fields", tuple(self.dataset.columns_by_name))

    def to_json(self) -> dict[str, Any]:
        """Return what `request_from_json` reads."""
        return {
            "dataset": self.dataset.key,
            "format": self.format.value,
            "filters": dict(self.filters),
            "fields": list(self.fields),
            "since": self.since.token if self.since else None,
            "bom": self.bom,
        }


def request_from_query(dataset: Dataset, query: QueryDict) -> ExportRequest:
    """Read the parameters of an address. Raises FieldError naming the first that cannot be used."""
    given: dict[str, str] = {}
    for name, values in query.lists():
        if len(values) > 1:
            raise FieldError(name, "This parameter is given more than once.")
        given[name] = str(values[0])
    formats = [given.pop(name) for name in FORMAT_PARAMETERS if name in given]
    if len(set(formats)) > 1:
        raise FieldError("format", "format and export_format contradict each other.")
    named = given.pop("fields", None)
    return _checked(
        dataset,
        format_=formats[0] if formats else Format.CSV,
        fields=None if named is None else [word.strip() for word in named.split(",")],
        since=given.pop("since", None),
        bom=given.pop("bom", "0"),
        filters=given,
    )


def request_from_json(body: Mapping[str, Any]) -> ExportRequest:
    """Read `{dataset, format, filters, fields, since, bom}`; all but `dataset` may be missing. Raises FieldError."""
    unknown = sorted(body.keys() - {"dataset", "format", "filters", "fields", "since", "bom"})
    if unknown:
        raise FieldError(unknown[0], "There is no such field.")
    key = body.get("dataset")
    if not isinstance(key, str) or key not in datasets():
        raise FieldError("dataset", f"Use one of {', '.join(datasets())}.")
    fields = body.get("fields")
    if fields is not None and not (isinstance(fields, list) and all(isinstance(name, str) for name in fields)):
        raise FieldError("fields", "Use a list of column names.")
    filters = body.get("filters", {})
    if not isinstance(filters, dict):
        raise FieldError("filters", "Use an object of filter names and values.")
    return _checked(
        datasets()[key],
        format_=body.get("format", Format.CSV),
        fields=fields,
        since=body.get("since"),
        bom=body.get("bom", False),
        filters=filters,
    )


def _checked(
    dataset: Dataset,
    *,
    format_: object,
    fields: Iterable[str] | None,
    since: object,
    bom: object,
    filters: Mapping[str, object],
) -> ExportRequest:
    chosen = _format(format_)
    values = _filters(dataset, filters)
    names = _fields(dataset, fields)
    cursor = None if since is None else Cursor.of_token(since, dataset)
    if cursor is not None and dataset.identity_column.name not in names:
        raise FieldError("fields", f"With since, {dataset.identity_column.name} must be among the fields.")
    return ExportRequest(
        dataset=dataset, format=chosen, filters=values, fields=names, since=cursor, bom=_bom(bom, chosen)
    )


def _format(given: object) -> Format:
    if given not in list(Format):
        raise FieldError("format", f"Use one of {', '.join(Format)}.")
    return Format(str(given))


def _filters(dataset: Dataset, given: Mapping[str, object]) -> dict[str, FilterValue]:
    known = dataset.filters_by_name
    values: dict[str, FilterValue] = {}
    for name, value in given.items():
        if name not in known:
            usable = ", ".join((*known, *OWN_PARAMETERS))
            raise FieldError(name, f"{dataset.name} cannot be filtered by this. Use {usable}.", code="unknown_filter")
        values[name] = check_value(value, known[name])
    refuse_backward_dates(values, known)
    return values


def _fields(dataset: Dataset, given: Iterable[str] | None) -> tuple[str, ...]:
    known = dataset.columns_by_name
    if given is None:
        return tuple(known)
    asked = list(given)
    unknown = [name for name in asked if name not in known]
    if unknown or not asked:
        wrong = f"There is no column {unknown[0]!r}" if unknown and unknown[0] else "Name at least one column"
        raise FieldError("fields", f"{wrong}. Use {', '.join(known)}.")
    return tuple(name for name in known if name in asked)


def _bom(given: object, chosen: Format) -> bool:
    if given not in (True, False, "1", "0", "true", "false"):
        raise FieldError("bom", "Use 1 or 0.")
    wanted = given in (True, "1", "true")
    if wanted and chosen is not Format.CSV:
        raise FieldError("bom", "Only CSV can begin with a byte order mark.")
    return wanted
