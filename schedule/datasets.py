"""The tables of the scheduling domain, as other apps may read them."""

from core.datasets import Column, ColumnType, Dataset, Filter, FilterType
from schedule.enums import Status

_CHANGED_SINCE = "rows changed at or after this moment"


def _deleted(dataset: str) -> str:
    return f"SELECT row_id, deleted_at FROM schedule_deletedrow WHERE dataset = '{dataset}'"  # noqa: S608  # a literal


APPOINTMENTS = Dataset(
    key="appointments",
    name="Appointments",
    summary="Every appointment with its service, customer and resources.",
    version=1,
    source="""
        schedule_event event
        JOIN schedule_service service ON service.id = event.service_id
        JOIN schedule_customer customer ON customer.id = event.customer_id
        LEFT JOIN (
            SELECT participant.event_id,
                   array_agg(resource.id ORDER BY resource.id) AS ids,
                   array_agg(resource.name ORDER BY resource.id) AS names,
                   max(resource.updated_at) AS updated_at
            FROM schedule_participant participant
            JOIN schedule_resource resource ON resource.id = participant.resource_id
            GROUP BY participant.event_id
        ) taking ON taking.event_id = event.id
    """,
    identity="event.id",
    changed="greatest(event.updated_at, service.updated_at, customer.updated_at, taking.updated_at)",
    columns=(
        Column("id", ColumnType.UUID, "event.id", "Identifies the appointment for good."),
        Column("start_at", ColumnType.TIMESTAMP, "event.start_at", "When it begins."),
        Column("end_at", ColumnType.TIMESTAMP, "event.end_at", "When it ends, buffers not included."),
        Column("status", ColumnType.TEXT, "event.status", ", ".join(Status.values)),
        Column("service_id", ColumnType.INTEGER, "event.service_id", "Its service."),
        Column("service_name", ColumnType.TEXT, "service.name", "The service's present name."),
        Column("customer_id", ColumnType.UUID, "event.customer_id", "Its customer."),
        Column("customer_name", ColumnType.TEXT, "customer.name", "The customer's present name."),
        Column("customer_email", ColumnType.TEXT, "customer.email", "The customer's present e-mail address."),
        Column("customer_phone", ColumnType.CODE, "customer.phone", "The customer's present phone number."),
        Column("resource_ids", ColumnType.INTEGERS, "taking.ids", "Its resources."),
        Column("resource_names", ColumnType.TEXTS, "taking.names", "The resources' present names."),
        Column("price_cents", ColumnType.INTEGER, "event.price_cents", "Price when booked, in minor units."),
        Column("currency", ColumnType.TEXT, "event.currency", "ISO 4217 code."),
        Column("source", ColumnType.TEXT, "event.source", "Who booked: staff, api, public or sync."),
        Column("notes", ColumnType.TEXT, "event.notes", "Notes of the staff."),
        Column("created_at", ColumnType.TIMESTAMP, "event.created_at", "When it was booked."),
        Column("updated_at", ColumnType.TIMESTAMP, "event.updated_at", "When it last changed."),
        Column("cancelled_at", ColumnType.TIMESTAMP, "event.cancelled_at", "When it was cancelled."),
        Column("completed_at", ColumnType.TIMESTAMP, "event.completed_at", "When it was completed."),
    ),
    filters=(
        Filter("start_date", FilterType.FIRST_DATE, "event.start_at >= %(value)s", "first local date of the service"),
        Filter("end_date", FilterType.LAST_DATE, "event.start_at < %(value)s", "last local date of the service"),
        Filter("status", FilterType.CHOICE, "event.status = %(value)s", "one status", tuple(Status.values)),
        Filter("service_id", FilterType.INTEGER, "event.service_id = %(value)s", "one service"),
        Filter(
            "resource_id",
            FilterType.INTEGER,
            "event.id IN (SELECT event_id FROM schedule_participant WHERE resource_id = %(value)s)",
            "one resource",
        ),
        Filter("updated_since", FilterType.TIMESTAMP, "event.updated_at >= %(value)s", _CHANGED_SINCE),
    ),
)

CUSTOMERS = Dataset(
    key="customers",
    name="Customers",
    summary="Everyone the business serves.",
    version=1,
    source="schedule_customer customer",
    identity="customer.id",
    changed="customer.updated_at",
    deleted=_deleted("customers"),
    columns=(
        Column("id", ColumnType.UUID, "customer.id", "Identifies the customer for good."),
        Column("name", ColumnType.TEXT, "customer.name", "Name."),
        Column("email", ColumnType.TEXT, "customer.email", "E-mail address."),
        Column("phone", ColumnType.CODE, "customer.phone", "Phone number."),
        Column("notes", ColumnType.TEXT, "customer.notes", "Notes of the staff."),
        Column("tags", ColumnType.TEXTS, "customer.tags", "Tags."),
        Column("is_active", ColumnType.BOOLEAN, "customer.is_active", "Whether appointments can be booked for them."),
        Column("created_at", ColumnType.TIMESTAMP, "customer.created_at", "When they were added."),
        Column("updated_at", ColumnType.TIMESTAMP, "customer.updated_at", "When they last changed."),
    ),
    filters=(
        Filter("is_active", FilterType.BOOLEAN, "customer.is_active = %(value)s", "active or not"),
        Filter("updated_since", FilterType.TIMESTAMP, "customer.updated_at >= %(value)s", _CHANGED_SINCE),
    ),
)

RESOURCES = Dataset(
    key="resources",
    name="Resources",
    summary="Staff, rooms and equipment.",
    version=1,
    source="schedule_resource resource",
    identity="resource.id",
    changed="resource.updated_at",
    deleted=_deleted("resources"),
    columns=(
        Column("id", ColumnType.INTEGER, "resource.id", "Identifies the resource for good."),
        Column("name", ColumnType.TEXT, "resource.name", "Name."),
        Column("type", ColumnType.TEXT, "resource.type", "staff, room or equipment"),
        Column(
            "max_concurrent_events",
            ColumnType.INTEGER,
            "resource.max_concurrent_events",
            "How many appointments it serves at once.",
        ),
        Column("timezone", ColumnType.TEXT, "resource.timezone", "IANA name; empty for the business's zone."),
        Column("color", ColumnType.TEXT, "resource.color", "Colour in the calendar."),
        Column("is_active", ColumnType.BOOLEAN, "resource.is_active", "Whether it can be booked."),
        Column("created_at", ColumnType.TIMESTAMP, "resource.created_at", "When it was added."),
        Column("updated_at", ColumnType.TIMESTAMP, "resource.updated_at", "When it last changed."),
    ),
    filters=(
        Filter("is_active", FilterType.BOOLEAN, "resource.is_active = %(value)s", "active or not"),
        Filter("updated_since", FilterType.TIMESTAMP, "resource.updated_at >= %(value)s", _CHANGED_SINCE),
    ),
)

SERVICES = Dataset(
    key="services",
    name="Services",
    summary="What can be booked.",
    version=1,
    source="""
        schedule_service service
        LEFT JOIN (
            SELECT service_id, array_agg(resource_id ORDER BY resource_id) AS ids
            FROM schedule_serviceresource
            GROUP BY service_id
        ) able ON able.service_id = service.id
    """,
    identity="service.id",
    changed="service.updated_at",
    deleted=_deleted("services"),
    columns=(
        Column("id", ColumnType.INTEGER, "service.id", "Identifies the service for good."),
        Column("name", ColumnType.TEXT, "service.name", "Name."),
        Column("description", ColumnType.TEXT, "service.description", "Description."),
        Column("duration_minutes", ColumnType.INTEGER, "service.duration_minutes", "How long it takes."),
        Column("buffer_before_minutes", ColumnType.INTEGER, "service.buffer_before_minutes", "Kept free before."),
        Column("buffer_after_minutes", ColumnType.INTEGER, "service.buffer_after_minutes", "Kept free after."),
        Column("price_cents", ColumnType.INTEGER, "service.price_cents", "Price in minor units."),
        Column("currency", ColumnType.TEXT, "service.currency", "ISO 4217 code."),
        Column("min_notice_minutes", ColumnType.INTEGER, "service.min_notice_minutes", "Least notice to book."),
        Column("max_advance_days", ColumnType.INTEGER, "service.max_advance_days", "How far ahead it can be booked."),
        Column("slot_step_minutes", ColumnType.INTEGER, "service.slot_step_minutes", "Minutes between offered starts."),
        Column("resource_ids", ColumnType.INTEGERS, "able.ids", "Resources able to perform it."),
        Column("is_active", ColumnType.BOOLEAN, "service.is_active", "Whether it can be booked."),
        Column("created_at", ColumnType.TIMESTAMP, "service.created_at", "When it was added."),
        Column("updated_at", ColumnType.TIMESTAMP, "service.updated_at", "When it last changed."),
    ),
    filters=(
        Filter("is_active", FilterType.BOOLEAN, "service.is_active = %(value)s", "active or not"),
        Filter("updated_since", FilterType.TIMESTAMP, "service.updated_at >= %(value)s", _CHANGED_SINCE),
    ),
)
