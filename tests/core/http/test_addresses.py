"""What may be reached, and what may not."""

import socket
from ipaddress import ip_address

import pytest
from pytest_django import Settings

from core.http.addresses import check_url, is_public, resolve
from core.http.errors import OutgoingFailed, UrlNotAllowed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
        "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fe80::1", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]
)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://a.localhost/", "https://printer.local/",
        "https://metadata.google.internal/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://2130706433/",
        "https://0x7f.1/", "https://127.1/", "https://0/", "https://169.254.169.254/latest",
        "https://[64:ff9b::a9fe:a9fe]/", "https://127.0.0.1./",
    ],
)  # fmt: skip
def test_private_servers_are_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(UrlNotAllowed) as refused:
        check_url(url)
    assert refused.value.body == {
        "detail": "url: This is not a public server.",
        "code": "url_not_allowed",
        "errors": {"url": ["This is not a public server."]},
    }


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "Use an address that begins with https://."),
        ("ftp://example.com/", "Use an address that begins with https://."),
        ("example.com/feed.ics", "Use an address that begins with https://."),
        ("https://", "Use an address that begins with https://."),
        ("http://example.com/", "Use an address that begins with https://."),
        ("https://anna:secret@example.com/", "Leave the user name and password out of the address."),
        ("https://example.com:5432/", "Port 5432 is not allowed. Use an address on port 443 or 8443."),
        ("https://example.com:99999/", "This is not a complete address. Copy it again."),
        ("https://[::1/", "This is not a complete address. Copy it again."),
        ("https://exa mple.com/", "Use an address without spaces, of 2,000 characters at most."),
        ("https://example.com/\r\nHost: b", "Use an address without spaces, of 2,000 characters at most."),
        ("https://example.com/" + "a" * 2000, "Use an address without spaces, of 2,000 characters at most."),
    ],
)
def test_other_addresses_that_cannot_be_used(url: str, told: str) -> None:
    with pytest.raises(UrlNotAllowed) as refused:
        check_url(url)
    assert refused.value.message == told


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://Example.com", "https://example.com/"),
        ("https://example.com:8443/a?b=c#d", "https://example.com:8443/a?b=c"),
        ("https://münchen.example/küche", "https://xn--mnchen-3ya.example/k%C3%BCche"),
        ("https://example.com/a%20b;c=d@e", "https://example.com/a%20b;c=d@e"),
    ],
)
def test_an_address_is_made_plain(url: str, plain: str) -> None:
    assert check_url(url).url == plain


def test_unencrypted_addresses_need_leave() -> None:
    assert check_url("http://example.com/feed.ics", plain_http=True).port == 80


def test_the_setting_admits_one_host_at_one_port(settings: Settings) -> None:
    settings.OUTGOING_ALLOWED_HOSTS = ("127.0.0.1:5232",)

    assert check_url("http://127.0.0.1:5232/anna/").origin == ("http", "127.0.0.1", 5232)
    assert resolve("127.0.0.1", 5232) == ("127.0.0.1",)
    with pytest.raises(UrlNotAllowed):
        check_url("http://127.0.0.1:5233/")
    with pytest.raises(OutgoingFailed):
        resolve("127.0.0.1", 5233)


def _dns(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def getaddrinfo(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _dns(monkeypatch, "1.1.1.1", "127.0.0.1")

    with pytest.raises(OutgoingFailed, match=r"calendar\.example is not a public server\.") as failed:
        resolve("calendar.example", 443)

    assert failed.value.code == "url_not_allowed"


def test_a_name_has_each_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _dns(monkeypatch, "1.1.1.1", "1.0.0.1", "1.1.1.1")

    assert resolve("calendar.example", 443) == ("1.1.1.1", "1.0.0.1")


def test_a_name_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    with pytest.raises(OutgoingFailed, match=r"There is no server called nowhere\.example\.") as failed:
        resolve("nowhere.example", 443)
    assert failed.value.code == "unreachable"
