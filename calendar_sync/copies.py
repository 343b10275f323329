"""What of an appointment is written into a calendar."""

from calendar_sync.enums import Privacy
from calendar_sync.models import EventLink
from calendar_sync.providers.base import Copy
from core.models import Tenant
from schedule.enums import Status

BUSY = "Busy"


def copy_of(link: EventLink, *, tenant: Tenant, address: str) -> Copy | None:
    """Return the entry a link should have, None where it should have none: cancelled, or not this calendar's any more.

    `address` is where the business looks at its appointments. `link` comes with its calendar, connection, event,
    service, customer and participants.
    """
    event, calendar = link.event, link.calendar
    resource_id = calendar.connection.resource_id
    taking_part = {participant.resource_id for participant in event.participants.all()}
    if event.status == Status.CANCELLED or not calendar.write_target:
        return None
    if resource_id is not None and resource_id not in taking_part:
        return None
    is_full = calendar.privacy == Privacy.FULL
    return Copy(
        uid=link.uid,
        marker=link.pk,
        business=tenant.schema_name,
        # No calendar format knows less than a second.
        start_at=event.start_at.replace(microsecond=0),
        end_at=event.end_at.replace(microsecond=0),
        summary=summary_of(event.service.name, event.customer.name, privacy=Privacy(calendar.privacy)),
        description=_description(event.customer, address) if is_full else "",
        is_tentative=event.status == Status.PENDING,
        sequence=event.version,
        updated_at=event.updated_at,
        invitee=event.customer.email if calendar.invites_customers else "",
    )


def summary_of(service: str, customer: str, *, privacy: Privacy) -> str:
    """Return the title of an entry: what and who, what and whose initials, or that the time is taken."""
    if privacy == Privacy.BUSY:
        return BUSY
    who = customer if privacy == Privacy.FULL else initials(customer)
    return f"{service} · {who}" if who else service


def initials(name: str) -> str:
    """Return the first letters of a name's words, such as "A. L."."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalnum())


def _description(customer: object, address: str) -> str:
    lines = [getattr(customer, "phone", ""), getattr(customer, "email", ""), address]
    return "\n".join(line for line in lines if line)
