"""Typed readers of environment variables. A value that cannot be used stops the process and names the variable."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable, or `default`; without a default the variable is required."""
    value = environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is required. Set it in the environment.")
    return default


def currency(name: str, default: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return an ISO 4217 code. Raises ImproperlyConfigured for anything but three upper-case letters."""
    code = text(name, default, environ=environ)
    if not re.fullmatch("[A-Z]{3}", code):
        raise ImproperlyConfigured(f"{name}={code!r} is no ISO 4217 code such as EUR.")
    return code


def flag(name: str, default: bool, *, environ: Mapping[str, str] = os.environ) -> bool:
    """Return a yes/no variable. Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    word = environ.get(name, "").strip().lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={word!r} is neither yes nor no. Use 1 or 0.")


def integer(
    name: str,
    default: int,
    *,
    minimum: int = 0,
    maximum: int = 2**31 - 1,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Return a whole number within [minimum, maximum]. Raises ImproperlyConfigured otherwise."""
    raw = environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from None
    if not minimum <= value <= maximum:
        raise ImproperlyConfigured(f"{name}={value} must lie between {minimum} and {maximum}.")
    return value


def listing(name: str, default: tuple[str, ...], *, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return a comma-separated variable as a tuple without blanks."""
    raw = environ.get(name, "").strip()
    if not raw:
        return default
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def hosts(name: str, default: tuple[str, ...], *, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return a comma-separated variable of host names, in lower case as hosts are compared."""
    return tuple(host.lower() for host in listing(name, default, environ=environ))


def folder(name: str, default: Path, *, environ: Mapping[str, str] = os.environ) -> Path:
    """Return an absolute path; `~` is expanded, nothing is created."""
    raw = environ.get(name, "").strip()
    return Path(raw).expanduser().absolute() if raw else default


def database(name: str, *, environ: Mapping[str, str] = os.environ) -> dict[str, object] | None:
    """Return Django's connection settings read from a PostgreSQL URL, or None when the variable is absent.

    Shape: ``postgres://user:password@host:port/name?sslmode=require``. Raises ImproperlyConfigured for another
    scheme, a missing database name, or a port that is not a number.
    """
    raw = environ.get(name, "").strip()
    if not raw:
        return None
    try:
        url = urlsplit(raw)
        port = url.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from None
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgres:// (SmoothSchedule runs on PostgreSQL alone).")
    database_name = unquote(url.path.lstrip("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database: postgres://user:password@host:port/name")
    return {
        "NAME": database_name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": dict(parse_qsl(url.query)),
    }
