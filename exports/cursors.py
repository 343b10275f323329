"""Up to which moment an export holds every change, as an opaque word."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from core.datasets import Dataset
from core.errors import FieldError


@dataclass(frozen=True)
class Cursor:
    """The moment up to which every committed change of a dataset has been delivered."""

    dataset: str
    version: int
    at: datetime

    @property
    def token(self) -> str:
        """The cursor as the word callers keep and send back."""
        plain = json.dumps([self.dataset, self.version, self.at.isoformat()], separators=(",", ":"))
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def of_token(cls, token: object, dataset: Dataset) -> Self:
        """Read a word made by `token`. Raises FieldError for anything else, and for one of another dataset."""
        try:
            cursor = cls._decoded(token)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise FieldError("since", "This is no cursor. Use the Export-Cursor of an earlier export.") from None
        if cursor.dataset != dataset.key:
            raise FieldError("since", f"This cursor belongs to another dataset than {dataset.key}.")
        if cursor.version != dataset.version:
            raise FieldError(
                "since",
                f"The columns of {dataset.key} have changed since. Begin anew with a full export.",
                code="cursor_outdated",
            )
        return cursor

    @classmethod
    def _decoded(cls, token: object) -> Self:
        if not isinstance(token, str) or not 1 <= len(token) <= 200:
            raise ValueError("not a short text")
        plain = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        dataset, version, moment = json.loads(plain)
        at = datetime.fromisoformat(moment)
        if not isinstance(dataset, str) or type(version) is not int or at.tzinfo is None:
            raise ValueError("not a cursor")
        return cls(dataset, version, at)
