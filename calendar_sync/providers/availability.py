"""Which kinds of servers this installation can speak with."""

from calendar_sync.enums import ProviderKey
from calendar_sync.providers.base import Permanent
from calendar_sync.providers.consent import consent_of

NEED_NOTHING = frozenset({ProviderKey.CALDAV, ProviderKey.ICS})


def is_available(key: ProviderKey) -> bool:
    """Tell whether everything is configured that a kind of server needs."""
    if key in NEED_NOTHING:
        return True
    try:
        consent_of(key)
    except Permanent:
        return False
    return True
