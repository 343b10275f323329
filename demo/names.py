"""Invented people. Telephone numbers come from ranges reserved for fiction, mail addresses from example.com."""

import unicodedata
from collections.abc import Iterator
from random import Random

FIRST_NAMES = (
    "Aaliyah", "Adam", "Aisha", "Alejandro", "Alice", "Amara", "Amelia", "Ananya", "Andre", "Anna", "Arjun",
    "Ava", "Ben", "Bianca", "Camila", "Carlos", "Caroline", "Charlotte", "Chloe", "Claire", "Daniela",
    "David", "Diego", "Elena", "Elijah", "Emily", "Emma", "Ethan", "Eva", "Fatima", "Felix", "Fiona",
    "Gabriel", "Grace", "Hannah", "Hiroshi", "Ines", "Isaac", "Isabella", "Ivan", "Jada", "James",
    "Jasmine", "Javier", "Jin", "Jordan", "Julia", "Kai", "Keisha", "Kenji", "Laila", "Laura", "Leah",
    "Leo", "Lily", "Linh", "Lucía", "Luis", "Malik", "Marcus", "Maria", "Mateo", "Mei", "Mia", "Michael",
    "Mina", "Naomi", "Natalia", "Nathan", "Nia", "Nina", "Noah", "Nora", "Oliver", "Omar", "Oscar", "Paige",
    "Patrick", "Paula", "Quinn", "Rachel", "Ravi", "Rebecca", "René", "Rosa", "Ruth", "Samir", "Samuel",
    "Sara", "Sean", "Simone", "Sofía", "Stella", "Tara", "Theo", "Thuy", "Tomás", "Uma", "Valentina",
    "Victor", "Wei", "William", "Xavier", "Yara", "Yuki", "Zara", "Zoë",
)  # fmt: skip
LAST_NAMES = (
    "Abbott", "Adeyemi", "Ahmed", "Alvarez", "Andersson", "Baker", "Banerjee", "Bauer", "Bennett", "Brooks",
    "Brown", "Campbell", "Carter", "Castillo", "Chang", "Chen", "Choi", "Clark", "Cohen", "Coleman", "Cruz",
    "Das", "Davis", "Delgado", "Diaz", "Dubois", "Edwards", "Eriksen", "Evans", "Farah", "Fernandez",
    "Fischer", "Fitzgerald", "Flores", "Foster", "Garcia", "Goldberg", "Gonzalez", "Grant", "Green",
    "Gupta", "Haddad", "Hall", "Harris", "Hassan", "Hayes", "Hernandez", "Hoffman", "Hughes", "Ibrahim",
    "Ivanova", "Jackson", "Jansen", "Jensen", "Johnson", "Kapoor", "Kaplan", "Katz", "Kelly", "Khan", "Kim",
    "King", "Kowalski", "Kumar", "Lee", "Lewis", "Lindqvist", "Lopez", "Martin", "Martinez", "Mbeki",
    "McCarthy", "Mehta", "Mendoza", "Miller", "Mitchell", "Moreau", "Morgan", "Müller", "Murphy",
    "Nakamura", "Nelson", "Nguyen", "Novak", "Núñez", "O'Brien", "Okafor", "Olsen", "Ortiz", "Park",
    "Patel", "Pereira", "Perez", "Pham", "Phillips", "Popescu", "Powell", "Quinn", "Rahman", "Ramos",
    "Reid", "Reyes", "Rivera", "Roberts", "Romano", "Rossi", "Russell", "Sanchez", "Santos", "Sato",
    "Schmidt", "Shah", "Silva", "Singh", "Sokolov", "Stewart", "Suzuki", "Tanaka", "Taylor", "Thomas",
    "Torres", "Tran", "Turner", "Vargas", "Volkov", "Walker", "Wang", "Ward", "Watson", "Weiss", "Williams",
    "Wilson", "Wong", "Wright", "Yamamoto", "Young", "Zhang", "Zimmermann",
)  # fmt: skip
GERMAN_FIRST_NAMES = (
    "Aylin", "Andreas", "Anja", "Antonia", "Bernd", "Birgit", "Can", "Charlotte", "Christian", "Claudia",
    "Clara", "Daniel", "Elif", "Emil", "Emre", "Frida", "Friedrich", "Gisela", "Greta", "Hannes", "Heike",
    "Helga", "Ingrid", "Jan", "Jens", "Johanna", "Jürgen", "Karin", "Klaus", "Lara", "Lena", "Linus",
    "Magdalena", "Marlene", "Matthias", "Moritz", "Nele", "Oksana", "Paul", "Petra", "Rainer", "Renate",
    "Sabine", "Sebastian", "Sören", "Stefan", "Susanne", "Thomas", "Ursula", "Wiebke",
)  # fmt: skip
GERMAN_LAST_NAMES = (
    "Albrecht", "Arslan", "Bauer", "Becker", "Berger", "Böhm", "Demir", "Dietrich", "Engel", "Fischer",
    "Frank", "Friedrich", "Graf", "Günther", "Haas", "Hartmann", "Hoffmann", "Huber", "Jäger", "Kaiser",
    "Kaya", "Keller", "Klein", "Koch", "König", "Kowalczyk", "Krause", "Krüger", "Lang", "Lehmann",
    "Lorenz", "Maier", "Neumann", "Otto", "Peters", "Pfeiffer", "Richter", "Roth", "Sauer", "Schäfer",
    "Scholz", "Schröder", "Schulz", "Schwarz", "Sommer", "Vogel", "Voß", "Wagner", "Winkler", "Wolf",
    "Yıldız", "Ziegler",
)  # fmt: skip
NEW_YORK_AREAS = (212, 332, 347, 516, 646, 718, 914, 917, 929)
SPELLED_OUT = str.maketrans({"ß": "ss", "ı": "i", "ø": "o", "ł": "l", "'": None})


def new_york_phone(number: int) -> str:
    """A number out of 555-0100 to 555-0199, which North American telephone companies keep for fiction."""
    area = NEW_YORK_AREAS[number % len(NEW_YORK_AREAS)]
    return f"+1 {area}-555-{100 + number // len(NEW_YORK_AREAS) % 100:04}"


def berlin_phone(number: int) -> str:
    """A number out of (0)30 23125 000 to 999, which the Bundesnetzagentur keeps for film and television."""
    return f"+49 30 23125 {number % 1000:03}"


def london_phone(number: int) -> str:
    """A number out of 020 7946 0000 to 0999, which Ofcom keeps for drama."""
    return f"+44 20 7946 {number % 1000:04}"


def full_names(first_names: tuple[str, ...], last_names: tuple[str, ...], random: Random) -> Iterator[str]:
    """Yield every combination once, in random order."""
    pairs = [(first, last) for first in first_names for last in last_names]
    random.shuffle(pairs)
    for first, last in pairs:
        yield f"{first} {last}"


def email_of(name: str, number: int) -> str:
    """Return an address at example.com that no other `number` has."""
    plain = unicodedata.normalize("NFKD", name.translate(SPELLED_OUT)).encode("ascii", "ignore").decode().lower()
    return f"{plain.replace(' ', '.')}.{number}@example.com"
