"""What the scheduling domain offers."""

from core.registry import Figure, Manifest, NavItem, Quota, Topic

MANIFEST = Manifest(
    label="schedule",
    name="Scheduling",
    summary="Resources, services, customers, appointments and when they can take place.",
    layer="domain",
    tables="tenant",
    routes="schedule.urls",
    quotas=(
        Quota(
            "max_resources",
            "Resources",
            "Active staff, rooms and equipment that can be booked.",
            used="schedule.selectors.usage:count_resources",
        ),
        Quota(
            "max_services",
            "Services",
            "Active services on offer.",
            used="schedule.selectors.usage:count_services",
        ),
        Quota(
            "max_appointments",
            "Appointments",
            "Appointments created in a calendar month.",
            window="month",
            used="schedule.selectors.usage:count_appointments_created_this_month",
        ),
    ),
    figures=(
        Figure(
            "appointments_30_days",
            "Appointments booked in 30 days",
            count="schedule.selectors.usage:count_appointments_created_in_30_days",
        ),
    ),
    topics=(
        Topic("appointment.booked", "An appointment was created."),
        Topic("appointment.confirmed", "A pending appointment was confirmed."),
        Topic("appointment.rescheduled", "An appointment was moved to another time or resource."),
        Topic("appointment.cancelled", "An appointment was cancelled."),
        Topic("appointment.completed", "An appointment took place."),
        Topic("appointment.no_show", "The customer did not come."),
        Topic("appointment.edited", "An appointment was given to another customer, or its notes changed."),
        Topic("appointment.reopened", "A cancellation, completion or no-show was taken back."),
    ),
    datasets=(
        "schedule.datasets:APPOINTMENTS",
        "schedule.datasets:CUSTOMERS",
        "schedule.datasets:RESOURCES",
        "schedule.datasets:SERVICES",
    ),
    nav=(
        NavItem("/calendar", "Calendar"),
        NavItem("/appointments", "Appointments"),
        NavItem("/customers", "Customers"),
        NavItem("/resources", "Resources"),
        NavItem("/services", "Services"),
    ),
)
