import re

from demo.businesses import BUSINESSES
from demo.names import email_of, full_names
from demo.story import Story
from tests.demo.stories import dice

RESERVED_FOR_FICTION = {
    "demo": r"\+1 \d{3}-555-01\d\d",
    "clinic": r"\+49 30 23125 \d{3}",
    "starter": r"\+44 20 7946 0\d{3}",
}


def test_names_are_given_once_and_are_enough() -> None:
    for business in BUSINESSES:
        clients = business.clients
        names = list(full_names(clients.first_names, clients.last_names, dice(1)))

        assert len(set(names)) == len(names) >= clients.count


def test_addresses_are_plain_and_at_example_com() -> None:
    assert email_of("Zoë O'Brien", 7) == "zoe.obrien.7@example.com"
    assert email_of("Jürgen Voß", 8) == "jurgen.voss.8@example.com"
    assert email_of("Elif Yıldız", 9) == "elif.yildiz.9@example.com"


def test_everybody_has_an_address_and_a_number_nobody_else_has(story: Story) -> None:
    pattern = RESERVED_FOR_FICTION[story.business.subdomain]

    assert len({person.email for person in story.people}) == len(story.people)
    assert len({person.phone for person in story.people}) == len(story.people)
    assert all(re.fullmatch(pattern, person.phone) for person in story.people)
