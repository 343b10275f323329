"""Which kinds of servers this installation can speak with."""

from calendar_sync.enums import ProviderKey


def is_available(key: ProviderKey) -> bool:
    """Tell whether everything is configured that a kind of server needs."""
    return key in {ProviderKey.CALDAV, ProviderKey.ICS}
