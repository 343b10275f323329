"""Which addresses requests may go to: names are resolved once, every address is judged, and one of these is used.

A name that resolves to a public address when it is checked and to a private one when it is used ("DNS rebinding")
therefore gains nothing. The ranges are those of IANA's special-purpose registries as `ipaddress` knows them, and the
IPv6 forms that carry an IPv4 address, which it judges as global: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo
(RFC 4380), IPv4-mapped and IPv4-compatible (RFC 4291).
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from core.http.errors import OutgoingFailed, UrlNotAllowed

Address = IPv4Address | IPv6Address

USUAL_PORTS = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8443})
LONGEST_TYPED = 2000
LONGEST_SENT = 8000
"""How long an address may be that a person types, and one that a server gave us: marks of a reading are addresses."""
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
IPV4_COMPATIBLE = IPv6Network("::/96")


@dataclass(frozen=True)
class Target:
    """An address that was found well-formed: `url` is ASCII without fragment, `host` lower case without brackets."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must stay the same for credentials to be sent on."""
        return self.scheme, self.host, self.port

    @property
    def is_allowed_by_setting(self) -> bool:
        """Whether OUTGOING_ALLOWED_HOSTS names it, so that it may be private and unencrypted."""
        return f"{self.host}:{self.port}" in settings.OUTGOING_ALLOWED_HOSTS


def check_url(url: str, *, plain_http: bool = False, field: str = "url", longest: int = LONGEST_TYPED) -> Target:
    """Return the parts of an address that requests may be sent to, as far as can be told without asking DNS.

    `plain_http` also admits unencrypted addresses. Raises UrlNotAllowed, which says what to change.
    """
    if len(url) > longest or any(character <= " " or character == "\x7f" for character in url):
        raise UrlNotAllowed(f"Use an address without spaces, of {longest:,} characters at most.", field=field)
    try:
        parts = urlsplit(url)
        port = parts.port or USUAL_PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
    except ValueError:  # a UnicodeError is one
        raise UrlNotAllowed("This is not a complete address. Copy it again.", field=field) from None
    if parts.scheme not in USUAL_PORTS or not host:
        raise UrlNotAllowed("Use an address that begins with https://.", field=field)
    if parts.username is not None or parts.password is not None:
        raise UrlNotAllowed("Leave the user name and password out of the address.", field=field)
    target = Target(_plain(parts), parts.scheme, host, port)
    if target.is_allowed_by_setting:
        return target
    if parts.scheme == "http" and not (plain_http or settings.OUTGOING_PLAIN_HTTP):
        raise UrlNotAllowed("Use an address that begins with https://.", field=field)
    if port not in PORTS:
        raise UrlNotAllowed(f"Port {port} is not allowed. Use an address on port 443 or 8443.", field=field)
    _refuse_private_literal(host, field)
    return target


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the numeric addresses of `host`, all of them public unless the setting allows the host.

    Raises OutgoingFailed: url_not_allowed as soon as one of them is not public, unreachable when there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutgoingFailed("unreachable", f"There is no server called {host}.") from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if f"{host}:{port}" not in settings.OUTGOING_ALLOWED_HOSTS and not all(map(_is_public_text, addresses)):
        raise OutgoingFailed("url_not_allowed", f"{host} is not a public server.")
    return addresses


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the open internet, whatever it is wrapped in."""
    carried = _carried(address) if isinstance(address, IPv6Address) else ()
    if carried:
        return all(is_public(inner) for inner in carried)
    is_site_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not is_site_local


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses inside an IPv6 address."""
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in IPV4_COMPATIBLE or any(address in network for network in NAT64):
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()


def _is_public_text(address: str) -> bool:
    return is_public(ip_address(address.partition("%")[0]))


def _refuse_private_literal(host: str, field: str) -> None:
    """Refuse what needs no DNS to be judged: numbers in every spelling that systems accept, and names of this host."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise UrlNotAllowed("This is not a public server.", field=field)
    try:
        address: Address = ip_address(host.partition("%")[0])
    except ValueError:
        try:
            address = IPv4Address(socket.inet_aton(host))
        except OSError:
            return
    if not is_public(address):
        raise UrlNotAllowed("This is not a public server.", field=field)


def _plain(parts: SplitResult) -> str:
    """Return the address in ASCII, without what only browsers know of."""
    host = (parts.hostname or "").encode("idna").decode("ascii")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{parts.port}" if parts.port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme}://{netloc}{path}" + (f"?{query}" if query else "")
