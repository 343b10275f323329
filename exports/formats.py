"""The formats an export can be written in."""

from enum import StrEnum


class Format(StrEnum):
    """A format, by the word that asks for it; the word is the file's suffix too."""

    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    XLSX = "xlsx"

    @property
    def content_type(self) -> str:
        """The media type of a response in this format."""
        return _CONTENT_TYPES[self]

    @property
    def is_compressed(self) -> bool:
        """Whether compressing once more would gain nothing."""
        return self is Format.XLSX


_CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.JSON: "application/json",
    Format.NDJSON: "application/x-ndjson",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
