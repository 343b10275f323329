"""Secrets of other services that have to be used again: passwords of calendars, refresh tokens, webhook secrets.

They are stored as Fernet tokens (AES-128-CBC and HMAC-SHA-256, https://github.com/fernet/spec). What a secret is for
lies inside the envelope and is compared when it is opened, so that a ciphertext copied to another row, or to another
business, is worthless there.
"""

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = "purpose"
CONTENT = "content"


class Unreadable(Exception):
    """A sealed secret that cannot be opened: its key is gone, it was changed, or it belongs somewhere else."""


def seal(content: Mapping[str, str], *, purpose: str) -> str:
    """Return `content` encrypted with the newest key. `purpose` names the one place where it may be opened."""
    envelope = json.dumps({PURPOSE: purpose, CONTENT: dict(content)}, separators=(",", ":"))
    return _box().encrypt(envelope.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> dict[str, str]:
    """Return what was sealed for `purpose`. Raises Unreadable."""
    try:
        envelope = json.loads(_box().decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        raise Unreadable("the secret cannot be decrypted with any of the keys") from None
    if envelope[PURPOSE] != purpose:
        raise Unreadable("the secret belongs to something else")
    content: dict[str, str] = envelope[CONTENT]
    return content


def with_newest_key(sealed: str) -> str:
    """Return the same secret encrypted with the newest key. Raises Unreadable."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable("the secret cannot be decrypted with any of the keys") from None


def _box() -> MultiFernet:
    keys = [key.encode() for key in settings.SECRETS_KEYS] or [_key_from(settings.SECRET_KEY)]
    return MultiFernet([Fernet(key) for key in keys])


def _key_from(secret_key: str) -> bytes:
    """Return a key of its own drawn from Django's, for installations that set none (RFC 5869)."""
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"smoothschedule.sealed").derive(secret_key.encode())
    return base64.urlsafe_b64encode(drawn)
