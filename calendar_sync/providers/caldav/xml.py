"""WebDAV's XML: asking and reading. Nothing in an answer is resolved, fetched or expanded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
CALENDAR_SERVER = "http://calendarserver.org/ns/"
APPLE = "http://apple.com/ns/ical/"
PREFIXES = {"d": DAV, "c": CALDAV, "cs": CALENDAR_SERVER, "ical": APPLE}


class NotWebDav(ValueError):
    """The answer is not the XML that was asked for."""


@dataclass(frozen=True)
class Row:
    """What a multi-status answer says of one address: its own status (0 where it has none), and the properties that it
    has, by name such as `d:getetag`. `failed` are properties that the server could not tell for reasons of its own.
    """

    href: str
    status: int = 0
    properties: dict[str, etree._Element] = field(default_factory=dict)
    failed: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return the text of a property, empty where there is none."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""


def tag(name: str) -> str:
    """Return the qualified name of `prefix:name`."""
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def propfind(*names: str) -> bytes:
    """Return a request for properties (RFC 4918, section 9.1)."""
    root = etree.Element(tag("d:propfind"), nsmap=PREFIXES)
    _add_properties(root, names)
    return _bytes(root)


def sync_collection(token: str) -> bytes:
    """Return a request for what changed since `token`, everything where it is empty (RFC 6578, section 3.2)."""
    root = etree.Element(tag("d:sync-collection"), nsmap=PREFIXES)
    etree.SubElement(root, tag("d:sync-token")).text = token
    etree.SubElement(root, tag("d:sync-level")).text = "1"
    _add_properties(root, ["d:getetag"])
    return _bytes(root)


def multiget(hrefs: Iterable[str]) -> bytes:
    """Return a request for the entries at `hrefs` (RFC 4791, section 7.9)."""
    root = etree.Element(tag("c:calendar-multiget"), nsmap=PREFIXES)
    _add_properties(root, ["d:getetag", "c:calendar-data"])
    for href in hrefs:
        etree.SubElement(root, tag("d:href")).text = href
    return _bytes(root)


def parsed(body: bytes) -> etree._Element:
    """Return the root of an answer. Raises NotWebDav, also for one with a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWebDav("the answer is not XML") from error
    described: Any = root.getroottree().docinfo  # its stub lacks what is asked here
    if described.doctype:
        raise NotWebDav("the answer brings a document type")
    return root


def rows(body: bytes) -> tuple[list[Row], str]:
    """Return the rows of a multi-status answer (RFC 4918, section 13) and its sync token. Raises NotWebDav."""
    root = parsed(body)
    if root.tag != tag("d:multistatus"):
        raise NotWebDav("the answer is no multi-status")
    return [_row(response) for response in root.iterchildren(tag("d:response"))], _text(root.find(tag("d:sync-token")))


def conditions(body: bytes) -> frozenset[str]:
    """Return the local names of the preconditions an error names (RFC 4918, section 16); none for another body."""
    try:
        root = parsed(body)
    except NotWebDav:
        return frozenset()
    return frozenset(etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str))


def _row(response: etree._Element) -> Row:
    properties: dict[str, etree._Element] = {}
    failed: list[str] = []
    for propstat in response.iterchildren(tag("d:propstat")):
        status = _status(propstat.find(tag("d:status")))
        for holder in propstat.iterchildren(tag("d:prop")):
            for element in holder.iterchildren():
                name = _short(element)
                if status < 300:
                    properties[name] = element
                elif status >= 500:
                    failed.append(name)
    return Row(_text(response.find(tag("d:href"))), _status(response.find(tag("d:status"))), properties, tuple(failed))


def _short(element: etree._Element) -> str:
    name = etree.QName(element)
    prefix = next((prefix for prefix, namespace in PREFIXES.items() if namespace == name.namespace), "")
    return f"{prefix}:{name.localname}"


def _status(element: etree._Element | None) -> int:
    """Return the number in a line such as `HTTP/1.1 404 Not Found`, 0 where there is none."""
    parts = _text(element).split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _add_properties(root: etree._Element, names: Iterable[str]) -> None:
    holder = etree.SubElement(root, tag("d:prop"))
    for name in names:
        etree.SubElement(holder, tag(name))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
