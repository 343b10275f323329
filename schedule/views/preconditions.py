"""Entity tags of rows that count their versions (RFC 9110, sections 8.8.3 and 13.1)."""

import re

from django.utils.http import parse_etags
from rest_framework.request import Request

from core.errors import FieldError

ENTITY_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
NO_VERSION = 0


def etag_of(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def expected_version(request: Request) -> int | None:
    """Return the version named by If-Match; None without the header or with `*`.

    A tag that can match no version (another text, a weak one) gives 0, which no row has. Raises FieldError for
    anything but one entity tag or `*`.
    """
    raw = request.headers.get("If-Match")
    if raw is None or raw.strip() == "*":
        return None
    tag = ENTITY_TAG.fullmatch(raw.strip())
    if tag is None:
        raise FieldError("If-Match", 'Send the ETag of the object as it was read, such as "3", or *.')
    weak, text = tag.groups()
    is_version = weak is None and text.isascii() and text.isdecimal() and len(text) < 12
    return int(text) if is_version else NO_VERSION


def is_known(request: Request, version: int) -> bool:
    """Tell whether If-None-Match names the version, so that the caller need not be sent it again."""
    raw = request.headers.get("If-None-Match")
    if raw is None:
        return False
    return any(tag == "*" or tag.removeprefix("W/") == etag_of(version) for tag in parse_etags(raw))
