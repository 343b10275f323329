"""A physiotherapy clinic in Berlin: treatments in series, rooms and an ultrasound unit that must be free as well."""

from demo.holidays import BERLIN
from demo.names import GERMAN_FIRST_NAMES, GERMAN_LAST_NAMES, berlin_phone
from demo.shape import OFF, Business, Clients, Demand, Member, ResourceShape, ServiceShape, shift

THERAPISTS = ("Anna Weber", "Jonas Keller", "Leonie Brandt", "Mehmet Aydin", "Katarzyna Nowak")
MANUAL = ("Anna Weber", "Jonas Keller", "Katarzyna Nowak")
LYMPH = ("Leonie Brandt", "Katarzyna Nowak")
SPORTS = ("Jonas Keller", "Mehmet Aydin")
CABINS = ("Cabin 1", "Cabin 2")

MORNING, AFTERNOON = shift(8, 14), shift(13, 19)
FULL, FULL_LATER_LUNCH = shift(8, 17, 12), shift(10, 19, 14)

RESOURCES = (
    ResourceShape("Anna Weber", "staff", "#3a7ca5", popularity=1.4, week=(FULL, FULL, OFF, FULL, MORNING, OFF, OFF)),
    ResourceShape(
        "Jonas Keller", "staff", "#81c3d7", popularity=1.2,
        week=(FULL_LATER_LUNCH, FULL_LATER_LUNCH, FULL, FULL_LATER_LUNCH, OFF, OFF, OFF),
    ),
    ResourceShape(
        "Leonie Brandt", "staff", "#d9a5b3", popularity=1.0,
        week=(MORNING, MORNING, MORNING, AFTERNOON, MORNING, OFF, OFF),
    ),
    ResourceShape(
        "Mehmet Aydin", "staff", "#f2b880", popularity=1.1,
        week=(AFTERNOON, FULL_LATER_LUNCH, FULL_LATER_LUNCH, OFF, FULL, OFF, OFF),
    ),
    ResourceShape(
        "Katarzyna Nowak", "staff", "#9bc1bc", popularity=0.9,
        week=(OFF, AFTERNOON, MORNING, FULL, FULL, OFF, OFF),
    ),
    ResourceShape("Cabin 1", "room", "#b0c4b1"),
    ResourceShape("Cabin 2", "room", "#dedbd2"),
    ResourceShape("Training Room", "room", "#edafb8", capacity=4),
    ResourceShape("Ultrasound Unit", "equipment", "#4a5759"),
)  # fmt: skip

SERVICES = (
    ServiceShape(
        "Physiotherapy", "One session of a prescribed series.", 30, 4200, 34, (THERAPISTS, CABINS),
        buffer_after_minutes=5,
    ),
    ServiceShape(
        "Initial Assessment", "History, tests and a plan of treatment.", 45, 7500, 8, (THERAPISTS, CABINS),
        buffer_after_minutes=15, min_notice_minutes=720,
    ),
    ServiceShape("Manual Therapy", "Joints and spine.", 30, 4900, 18, (MANUAL, CABINS), buffer_after_minutes=5),
    ServiceShape(
        "Lymphatic Drainage", "Decongestive massage.", 45, 5200, 9, (LYMPH, CABINS),
        buffer_before_minutes=5, buffer_after_minutes=10,
    ),
    ServiceShape(
        "Ultrasound Therapy", "Deep heat for tendons.", 15, 2600, 5, (THERAPISTS, CABINS, ("Ultrasound Unit",)),
        buffer_before_minutes=5, buffer_after_minutes=5,
    ),
    ServiceShape(
        "Sports Massage", "Before or after a competition.", 45, 6400, 6, (SPORTS, CABINS), buffer_after_minutes=15
    ),
    ServiceShape("Kinesio Taping", "Tape included.", 15, 2200, 4, (SPORTS,)),
    ServiceShape("Gait Analysis", "On the treadmill, with video.", 30, 5900, 2, (SPORTS, ("Training Room",))),
    ServiceShape("Supervised Gym", "Your own programme, a therapist at hand.", 60, 1800, 12, (("Training Room",),)),
    ServiceShape("Video Follow-Up", "Twenty minutes by video.", 20, 2900, 2, (THERAPISTS,), buffer_after_minutes=10),
)  # fmt: skip

CLINIC = Business(
    subdomain="clinic",
    name="Spreeufer Physiotherapie",
    timezone="Europe/Berlin",
    currency="EUR",
    accent_color="#2c6e8f",
    plan="business",
    history_days=243,
    appointments=2_500,
    week=(*(shift(8, 19),) * 4, shift(8, 17), OFF, OFF),
    holidays=BERLIN,
    members=(
        Member("owner@clinic.example", "Anna Weber", "owner", works_as="Anna Weber"),
        Member("staff@clinic.example", "Jonas Keller", "staff", works_as="Jonas Keller"),
    ),
    resources=RESOURCES,
    services=SERVICES,
    demand=Demand(
        weekdays=(1.15, 1.1, 1.0, 1.05, 0.8, 0.0, 0.0),
        hours={8: 1.1, 9: 1.2, 10: 1.0, 11: 0.9, 12: 0.6, 13: 0.7, 14: 0.8, 15: 0.9, 16: 1.1, 17: 1.2, 18: 0.8},
        months=(1.05, 1.05, 1.05, 1.0, 1.0, 0.95, 0.82, 0.80, 1.02, 1.08, 1.1, 0.85),
        growth_per_year=0.25,
        walk_in_share=0.01,
        online_share=0.35,
    ),
    clients=Clients(
        count=250,
        established_share=0.2,
        rhythm_days=8,
        stay_away_after_first=0.05,
        stay_away_after_visit=0.07,
        first_names=GERMAN_FIRST_NAMES,
        last_names=GERMAN_LAST_NAMES,
        phone=berlin_phone,
        tags=("statutory insurance", "private insurance", "after surgery", "runner", "needs lift"),
        notes=("Prescription expected.", "Pacemaker: no ultrasound.", "Knee replacement, left.", "Prefers mornings."),
    ),
)  # fmt: skip
