"""What the fake service sends by itself: the handshake of a subscription, notices of changes, lifecycle notices.

Sources: learn.microsoft.com/graph, change-notifications-delivery-webhooks, change-notifications-lifecycle-events.
"""

import json
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from tests.calendar_sync.fakes.graph_mailbox import Json

VALIDATION = "Validation: Testing client application reachability for subscription Request-Id: 1 + 1"
PATIENCE_SECONDS = 10


def shakes_hands(address: str) -> bool:
    """Tell whether an address answers the validation token with itself, as plain text, within ten seconds."""
    url = f"{address}{'&' if '?' in address else '?'}validationToken={quote(VALIDATION)}"
    try:
        status, kind, said = post(url, b"", "text/plain; charset=utf-8")
    except OSError:
        return False
    return status == 200 and kind.partition(";")[0] == "text/plain" and said.decode() == VALIDATION


def tell(address: str, notice: Json) -> int:
    """Send a notice; return the status it was answered with."""
    return post(address, json.dumps({"value": [notice]}).encode(), "application/json; charset=utf-8")[0]


def post(url: str, body: bytes, kind: str) -> tuple[int, str, bytes]:
    """Post to an address; return the status, the kind and the body of what it answers."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("POST", f"{parts.path or '/'}?{parts.query}", body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Content-Type", ""), answer.read()
    finally:
        connection.close()


def notice_of(subscription: Json, event_id: str, kind: str) -> Json:
    """Return the notice of a change: `kind` is created, updated or deleted."""
    resource = f"Users/user-1/Events/{event_id}"
    return {
        "subscriptionId": subscription["id"],
        "subscriptionExpirationDateTime": subscription["expirationDateTime"],
        "changeType": kind,
        "resource": resource,
        "clientState": subscription.get("clientState"),
        "tenantId": "tenant-1",
        "resourceData": {"@odata.type": "#Microsoft.Graph.Event", "@odata.id": resource, "id": event_id},
    }


def lifecycle_of(subscription: Json, event: str) -> Json:
    """Return a lifecycle notice: reauthorizationRequired, subscriptionRemoved or missed."""
    return {
        "subscriptionId": subscription["id"],
        "subscriptionExpirationDateTime": subscription["expirationDateTime"],
        "tenantId": "tenant-1",
        "clientState": subscription.get("clientState"),
        "lifecycleEvent": event,
    }
