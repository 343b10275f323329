"""The environment is read with types, and what cannot be used is refused by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def refusal(reader: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The message with which a reader refuses a value."""
    with pytest.raises(ImproperlyConfigured) as caught:
        reader(*args, **kwargs)
    return str(caught.value)


def test_the_process_environment_is_what_is_read_without_further_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREETING", "hello")

    assert env.text("GREETING") == "hello"


@pytest.mark.parametrize(("environ", "expected"), [({"A": " x "}, "x"), ({"A": " "}, "d"), ({}, "d")])
def test_text(environ: dict[str, str], expected: str) -> None:
    assert env.text("A", "d", environ=environ) == expected


def test_text_may_default_to_nothing() -> None:
    assert env.text("A", "", environ={}) == ""


@pytest.mark.parametrize("environ", [{}, {"A": ""}, {"A": "  "}])
def test_text_that_is_required(environ: dict[str, str]) -> None:
    assert refusal(env.text, "A", environ=environ) == "A is required. Set it in the environment."


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *((word, True) for word in ("1", "true", "TRUE", " Yes ", "on")),
        *((word, False) for word in ("0", "false", "No", "OFF")),
    ],
)
def test_a_flag(word: str, *, expected: bool) -> None:
    assert env.flag("A", not expected, environ={"A": word}) is expected


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_absent(*, default: bool) -> None:
    assert [env.flag("A", default, environ=environ) for environ in ({}, {"A": " "})] == [default, default]


@pytest.mark.parametrize("word", ["2", "maybe", "t", "1.0"])
def test_a_flag_that_is_neither(word: str) -> None:
    assert refusal(env.flag, "A", default=True, environ={"A": word}) == (
        f"A='{word}' is neither yes nor no. Use 1 or 0."
    )


@pytest.mark.parametrize(("raw", "expected"), [("0", 0), ("12", 12), (" 7 ", 7), ("", 3)])
def test_an_integer(raw: str, expected: int) -> None:
    assert env.integer("A", 3, environ={"A": raw}) == expected


@pytest.mark.parametrize("raw", ["1.5", "ten", "0x10", "1e3"])
def test_an_integer_that_is_none(raw: str) -> None:
    assert refusal(env.integer, "A", 3, environ={"A": raw}) == f"A='{raw}' is not a whole number."


@pytest.mark.parametrize(("raw", "accepted"), [("0", False), ("1", True), ("10", True), ("11", False), ("-1", False)])
def test_an_integer_within_bounds(raw: str, *, accepted: bool) -> None:
    def read() -> int:
        return env.integer("A", 3, minimum=1, maximum=10, environ={"A": raw})

    if accepted:
        assert read() == int(raw)
    else:
        assert refusal(read) == f"A={raw} must lie between 1 and 10."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("a,b", ("a", "b")), (" a , ,b, ", ("a", "b")), ("a", ("a",)), ("", ("d",)), (" ", ("d",)), (",", ())],
)
def test_a_listing(raw: str, expected: tuple[str, ...]) -> None:
    assert env.listing("A", ("d",), environ={"A": raw}) == expected


def test_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    default = Path("/default")

    found = [env.folder("A", default, environ={"A": raw}) for raw in ("/srv/x", "~/x", "x", "", " ")]

    assert found == [Path("/srv/x"), tmp_path / "x", tmp_path / "x", default, default]
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ann:secret@db.example:6543/shop?sslmode=require&application_name=web",
            {
                "NAME": "shop",
                "USER": "ann",
                "PASSWORD": "secret",
                "HOST": "db.example",
                "PORT": "6543",
                "OPTIONS": {"sslmode": "require", "application_name": "web"},
            },
        ),
        (
            "postgresql://ann:p%40ss%2Fword%3A%23@[::1]/my%20shop",
            {
                "NAME": "my shop",
                "USER": "ann",
                "PASSWORD": "p@ss/word:#",
                "HOST": "::1",
                "PORT": "",
                "OPTIONS": {},
            },
        ),
        (
            "postgres:///shop",
            {"NAME": "shop", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}},
        ),
        (
            "postgres://ann@%2Fvar%2Frun%2Fpostgresql/shop",
            {
                "NAME": "shop",
                "USER": "ann",
                "PASSWORD": "",
                "HOST": "/var/run/postgresql",
                "PORT": "",
                "OPTIONS": {},
            },
        ),
    ],
)
def test_a_database(url: str, expected: dict[str, object]) -> None:
    assert env.database("A", environ={"A": url}) == expected


@pytest.mark.parametrize("environ", [{}, {"A": ""}, {"A": " "}])
def test_no_database(environ: dict[str, str]) -> None:
    assert env.database("A", environ=environ) is None


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://db/shop", "A must start with postgres:// (SmoothSchedule runs on PostgreSQL alone)."),
        ("shop", "A must start with postgres:// (SmoothSchedule runs on PostgreSQL alone)."),
        ("postgres://db", "A names no database: postgres://user:password@host:port/name"),
        ("postgres://db/", "A names no database: postgres://user:password@host:port/name"),
        ("postgres://db:port/shop", "A has a port that is not a number."),
        ("postgres://db:99999/shop", "A has a port that is not a number."),
    ],
)
def test_a_database_that_cannot_be_used(url: str, message: str) -> None:
    assert refusal(env.database, "A", environ={"A": url}) == message


def test_a_refused_address_never_shows_its_password() -> None:
    message = refusal(env.database, "A", environ={"A": "mysql://ann:secret@db/shop"})

    assert "secret" not in message


@pytest.mark.parametrize(("environ", "expected"), [({}, "USD"), ({"A": " "}, "USD"), ({"A": "EUR"}, "EUR")])
def test_a_currency(environ: dict[str, str], expected: str) -> None:
    assert env.currency("A", "USD", environ=environ) == expected


@pytest.mark.parametrize("code", ["eur", "EURO", "E1R", "€"])
def test_a_currency_that_cannot_be_used(code: str) -> None:
    assert refusal(env.currency, "A", "USD", environ={"A": code}) == f"A={code!r} is no ISO 4217 code such as EUR."
