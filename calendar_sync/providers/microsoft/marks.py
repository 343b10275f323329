"""What our entries are known by, and what an entry's version is written down as.

Delta queries return neither extended properties nor let them be asked for, but they do return `transactionId`, which is
set when an event is made and can never be changed ("event resource type"). It therefore says what is ours while
reading, at no further request. The extended property says the same for good and can be searched for, which is how an
entry is found again whose making was never confirmed.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self
from uuid import UUID

from calendar_sync.providers.base import Copy

NAMESPACE = "{849d031a-1451-4cac-95fa-92ae50fbf228}"
LINK_PROPERTY = f"String {NAMESPACE} Name SmoothScheduleLink"
TEXT_PROPERTY = f"String {NAMESPACE} Name SmoothScheduleText"
TEXT_EXPANDED = f"singleValueExtendedProperties($filter=id eq '{TEXT_PROPERTY}')"
TRANSACTION = re.compile(r"smoothschedule-([0-9a-f]{32})(-[0-9]{1,4})?")
ENDS = "%Y%m%dT%H%M%SZ"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def transaction_of(copy: Copy) -> str:
    """Return the transactionId of a copy: the same for what is sent twice."""
    return f"smoothschedule-{copy.uid}"


def marker_in(transaction: object) -> UUID | None:
    """Return the link that a transactionId names, None for one that is not ours."""
    found = TRANSACTION.fullmatch(transaction) if isinstance(transaction, str) else None
    return UUID(found[1]) if found else None


def property_of(copy: Copy) -> dict[str, str]:
    """Return the extended property that names a copy: the business and the name of the entry."""
    return {"id": LINK_PROPERTY, "value": f"{copy.business}/{copy.uid}"}


def text_property_of(copy: Copy) -> dict[str, str]:
    """Return the extended property that says what of an entry's text is ours."""
    return {"id": TEXT_PROPERTY, "value": _seal(copy.description)}


def is_text_of(copy: Copy, text: str) -> bool:
    """Tell whether an entry's text is the copy's and nothing else, however the server breaks its lines."""
    return text.split() == copy.description.split()


def text_after_ours(text: str, seal: str) -> str | None:
    """Return what others wrote after our part of an entry's text, None where they rewrote our part."""
    count = seal.partition(":")[0]
    if not count.isdecimal():
        return None
    words = text.split(maxsplit=int(count))
    ours, theirs = words[: int(count)], words[int(count) :]
    return "".join(theirs).rstrip() if _seal(" ".join(ours)) == seal else None


def filter_for(copy: Copy) -> str:
    """Return the filter that finds the entry of a copy ("Get singleValueLegacyExtendedProperty")."""
    wanted = property_of(copy)
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{wanted['id']}' and ep/value eq '{wanted['value']}')"


def _seal(text: str) -> str:
    words = text.split()
    return f"{len(words)}:{sha256(' '.join(words).encode()).hexdigest()}"


@dataclass(frozen=True)
class Tag:
    """An entry's version, and when the entry is over.

    A calendar is read in a window that moves on with time. By the end that was written down it is known, without
    asking, of an entry that is not listed any more whether it was deleted or only lies behind.
    """

    ends_at: datetime
    etag: str

    def __str__(self) -> str:
        return f"{self.ends_at.astimezone(UTC):{ENDS}} {self.etag}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the tag that was written as `text`; a strange one has no version and ended long ago."""
        ends, _, etag = text.partition(" ")
        try:
            return cls(datetime.strptime(ends, ENDS).replace(tzinfo=UTC), etag)
        except ValueError:
            return cls(LONG_AGO, "")
