"""Secrets that can be opened in one place only."""

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from core.sealed import Unreadable, seal, unseal, with_newest_key

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_a_secret_is_opened_where_it_belongs() -> None:
    sealed = seal({"password": "grün"}, purpose="acme/connection/1")

    assert unseal(sealed, purpose="acme/connection/1") == {"password": "grün"}
    assert "gr" not in sealed.lower() or "grün" not in sealed


@pytest.mark.parametrize("elsewhere", ["bravo/connection/1", "acme/connection/2", ""])
def test_a_copied_secret_is_worthless(elsewhere: str) -> None:
    sealed = seal({"password": "x"}, purpose="acme/connection/1")

    with pytest.raises(Unreadable, match="the secret belongs to something else"):
        unseal(sealed, purpose=elsewhere)


@pytest.mark.parametrize("text", ["", "nonsense", "gAAAAABm"])
def test_what_is_no_secret_of_ours(text: str) -> None:
    with pytest.raises(Unreadable):
        unseal(text, purpose="p")


def test_keys_are_changed_without_losing_a_secret(settings: Settings) -> None:
    settings.SECRETS_KEYS = (OLD,)
    sealed = seal({"a": "b"}, purpose="p")

    settings.SECRETS_KEYS = (NEW, OLD)
    renewed = with_newest_key(sealed)
    assert unseal(sealed, purpose="p") == unseal(renewed, purpose="p") == {"a": "b"}

    settings.SECRETS_KEYS = (NEW,)
    assert unseal(renewed, purpose="p") == {"a": "b"}
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="p")
    with pytest.raises(Unreadable):
        with_newest_key(sealed)


def test_without_a_key_of_its_own_one_is_drawn_from_djangos(settings: Settings) -> None:
    sealed = seal({"a": "b"}, purpose="p")
    settings.SECRET_KEY = "another"

    with pytest.raises(Unreadable):
        unseal(sealed, purpose="p")
