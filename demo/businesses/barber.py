"""A barber shop in London, open after work and on weekends, on the free plan and about to outgrow it."""

from demo.holidays import ENGLAND
from demo.names import FIRST_NAMES, LAST_NAMES, london_phone
from demo.shape import OFF, Business, Clients, Demand, Member, ResourceShape, ServiceShape, shift

BARBERS = ("Tom Hughes", "Amir Khan")
EVENING, AFTERNOON, SATURDAY, SUNDAY = shift(15, 19), shift(12, 19), shift(9, 17, 13), shift(10, 14)

BARBER = Business(
    subdomain="starter",
    name="Bright Lane Barbers",
    timezone="Europe/London",
    currency="GBP",
    accent_color="#a4503c",
    plan="free",
    history_days=150,
    appointments=390,
    week=(OFF, EVENING, EVENING, AFTERNOON, AFTERNOON, shift(9, 17), SUNDAY),
    holidays=ENGLAND,
    members=(
        Member("owner@starter.example", "Tom Hughes", "owner", works_as="Tom Hughes"),
        Member("staff@starter.example", "Amir Khan", "staff", works_as="Amir Khan"),
    ),
    resources=(
        ResourceShape(
            "Tom Hughes", "staff", "#355070", popularity=1.3,
            week=(OFF, EVENING, EVENING, AFTERNOON, AFTERNOON, SATURDAY, OFF),
        ),
        ResourceShape("Amir Khan", "staff", "#b56576", week=(OFF, OFF, OFF, AFTERNOON, AFTERNOON, SATURDAY, SUNDAY)),
        ResourceShape("Hot Towel Chair", "equipment", "#e88c7d"),
    ),
    services=(
        ServiceShape("Haircut", "Wash, cut, style.", 30, 2400, 45, (BARBERS,)),
        ServiceShape("Skin Fade", "Clipper fade with razor finish.", 45, 3000, 30, (BARBERS,)),
        ServiceShape("Beard Trim", "Line-up and oil.", 15, 1400, 15, (BARBERS,)),
        ServiceShape(
            "Hot Towel Shave", "Straight razor, two towels.", 30, 2800, 10, (BARBERS, ("Hot Towel Chair",)),
            buffer_after_minutes=10,
        ),
    ),
    demand=Demand(
        weekdays=(0.0, 0.4, 0.5, 1.0, 1.3, 1.6, 0.5),
        hours={9: 0.5, 10: 0.8, 11: 0.8, 12: 0.9, 13: 0.7, 14: 0.9, 15: 1.0, 16: 1.1, 17: 1.3, 18: 1.2},
        months=(0.9, 0.95, 1.0, 1.0, 1.05, 1.05, 1.0, 0.95, 1.0, 1.0, 1.05, 1.1),
        growth_per_year=0.5,
        walk_in_share=0.15,
        online_share=0.5,
    ),
    clients=Clients(
        count=70,
        established_share=0.5,
        rhythm_days=26,
        stay_away_after_first=0.2,
        stay_away_after_visit=0.02,
        first_names=FIRST_NAMES,
        last_names=LAST_NAMES,
        phone=london_phone,
        tags=("regular", "student"),
        notes=("Number 2 on the sides.", "Likes the window seat."),
    ),
    takes_payments=False,
    month_limit=96,
    this_month=86,
)  # fmt: skip
