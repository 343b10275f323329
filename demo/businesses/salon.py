"""A hair and beauty salon in New York: six people, three rooms, twelve services, a regular clientele."""

from demo.holidays import UNITED_STATES
from demo.names import FIRST_NAMES, LAST_NAMES, new_york_phone
from demo.shape import OFF, Business, Clients, Demand, Member, ResourceShape, ServiceShape, shift

HAIR = ("Maya Thompson", "Olivia Chen", "Sofia Ramirez", "Daniel Brooks", "Lucas Moretti")
COLOR = ("Maya Thompson", "Olivia Chen", "Sofia Ramirez")
BARBERS = ("Daniel Brooks", "Lucas Moretti", "Olivia Chen")
SKIN = ("Priya Nair", "Sofia Ramirez")
COLOR_BAR = ("Color Bar",)
QUIET_ROOMS = ("Treatment Room", "Spa Suite")

EARLY, LATE, SATURDAY, SUNDAY = shift(9, 18, 12), shift(11, 20, 15), shift(8, 17, 12), shift(10, 16)
EARLY_LATER_LUNCH, SATURDAY_LATER_LUNCH = shift(9, 18, 13), shift(8, 17, 13)

RESOURCES = (
    ResourceShape(
        "Maya Thompson", "staff", "#7c9a72", popularity=1.5,
        week=(OFF, EARLY, EARLY, LATE, LATE, SATURDAY, OFF),
    ),
    ResourceShape(
        "Olivia Chen", "staff", "#b5838d", popularity=1.3,
        week=(OFF, OFF, EARLY_LATER_LUNCH, EARLY_LATER_LUNCH, LATE, SATURDAY_LATER_LUNCH, SUNDAY),
    ),
    ResourceShape(
        "Sofia Ramirez", "staff", "#6d9dc5", popularity=1.1,
        week=(EARLY, EARLY, OFF, LATE, EARLY, SATURDAY, OFF),
    ),
    ResourceShape(
        "Daniel Brooks", "staff", "#e0a458", popularity=1.0,
        week=(OFF, EARLY_LATER_LUNCH, OFF, EARLY, LATE, SATURDAY_LATER_LUNCH, SUNDAY),
    ),
    ResourceShape(
        "Priya Nair", "staff", "#9d8df1", popularity=1.2,
        week=(OFF, EARLY, EARLY_LATER_LUNCH, LATE, EARLY_LATER_LUNCH, SATURDAY, SUNDAY),
    ),
    ResourceShape(
        "Lucas Moretti", "staff", "#4f9d9d", popularity=0.8,
        week=(EARLY_LATER_LUNCH, EARLY_LATER_LUNCH, OFF, EARLY_LATER_LUNCH, EARLY, SATURDAY_LATER_LUNCH, OFF),
    ),
    ResourceShape("Color Bar", "room", "#c38d9e", capacity=3),
    ResourceShape("Treatment Room", "room", "#8ab6d6"),
    ResourceShape("Spa Suite", "room", "#a3c9a8"),
)  # fmt: skip

SERVICES = (
    ServiceShape(
        "Women's Cut & Style", "Consultation, wash, cut and blow-dry.", 45, 7800, 20, (HAIR,), buffer_after_minutes=15
    ),
    ServiceShape("Men's Cut", "Wash, cut and finish.", 30, 4200, 17, (BARBERS,)),
    ServiceShape("Blow-Dry", "Wash and style.", 30, 4500, 12, (HAIR,)),
    ServiceShape("Kids' Cut", "Up to twelve years.", 30, 3000, 6, (HAIR,)),
    ServiceShape("Beard Trim", "Shape, line-up and hot towel.", 15, 2200, 7, (BARBERS,)),
    ServiceShape(
        "Root Touch-Up", "Color of the regrowth.", 75, 9500, 8, (COLOR, COLOR_BAR),
        buffer_after_minutes=15, min_notice_minutes=120,
    ),
    ServiceShape(
        "Full Color", "One color from root to tip.", 90, 13000, 5, (COLOR, COLOR_BAR),
        buffer_after_minutes=15, min_notice_minutes=120,
    ),
    ServiceShape(
        "Highlights & Balayage", "Hand-painted, with toner and blow-dry.", 150, 24500, 4, (COLOR, COLOR_BAR),
        buffer_before_minutes=10, buffer_after_minutes=20, slot_step_minutes=30, min_notice_minutes=1440,
    ),
    ServiceShape(
        "Signature Facial", "Cleansing, peel, mask and massage.", 60, 11000, 7, (SKIN, QUIET_ROOMS),
        buffer_before_minutes=5, buffer_after_minutes=10, min_notice_minutes=120,
    ),
    ServiceShape("Brow Shaping", "Wax or thread, and tint.", 15, 2800, 6, (SKIN,)),
    ServiceShape(
        "Relaxation Massage", "Back, neck and shoulders.", 60, 10500, 6, (SKIN, QUIET_ROOMS),
        buffer_before_minutes=10, buffer_after_minutes=15, slot_step_minutes=30, min_notice_minutes=240,
    ),
    ServiceShape(
        "Steam Ritual", "Herbal steam, by yourself.", 30, 3800, 2, (("Spa Suite",),),
        buffer_after_minutes=15, slot_step_minutes=30,
    ),
)  # fmt: skip

SALON = Business(
    subdomain="demo",
    name="Willow & Sage Salon",
    timezone="America/New_York",
    currency="USD",
    accent_color="#4f7558",
    plan="professional",
    history_days=426,
    appointments=12_300,
    week=(
        shift(9, 18),
        shift(9, 18),
        shift(9, 18),
        shift(9, 20),
        shift(9, 20),
        shift(8, 17),
        SUNDAY,
    ),
    holidays=UNITED_STATES,
    prices_rose_days_ago=200,
    members=(
        Member("owner@demo.example", "Grace Sullivan", "owner"),
        Member("test@example.com", "Test Owner", "owner"),
        Member("manager@demo.example", "Helen Park", "manager"),
        Member("staff@demo.example", "Maya Thompson", "staff", works_as="Maya Thompson"),
    ),
    resources=RESOURCES,
    services=SERVICES,
    demand=Demand(
        weekdays=(0.58, 0.78, 0.82, 1.12, 1.30, 1.26, 0.44),
        hours={
            8: 0.5, 9: 0.8, 10: 1.15, 11: 1.2, 12: 0.7, 13: 0.65,
            14: 0.9, 15: 1.0, 16: 1.15, 17: 1.25, 18: 1.1, 19: 0.7,
        },
        months=(0.88, 0.93, 1.0, 1.03, 1.07, 1.08, 0.96, 0.90, 1.0, 1.01, 1.05, 1.16),
        growth_per_year=0.14,
        walk_in_share=0.07,
        online_share=0.5,
    ),
    clients=Clients(
        count=800,
        established_share=0.6,
        rhythm_days=24,
        stay_away_after_first=0.28,
        stay_away_after_visit=0.012,
        first_names=FIRST_NAMES,
        last_names=LAST_NAMES,
        phone=new_york_phone,
        tags=("vip", "student", "neighbor", "gift card", "sensitive scalp", "text only", "referral"),
        notes=(
            "Allergic to ammonia: use the gentle line.",
            "Prefers no small talk.",
            "Always takes an oat-milk latte.",
            "Formula 6N + 7G, 20 vol.",
            "Runs ten minutes late.",
            "Brings a dog.",
            "Pays for a daughter as well.",
        ),
    ),
)  # fmt: skip
