"""Stories for the tests of this folder, each told once, at a scale that leaves its shares meaningful."""

from datetime import UTC, datetime
from functools import cache
from random import Random

from demo.businesses import BUSINESSES
from demo.simulation import tell
from demo.story import Story

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
"""A Sunday, eleven in the morning in New York."""

SCALES = {"demo": 0.25, "clinic": 0.5, "starter": 1.0}


@cache
def story_of(subdomain: str) -> Story:
    """Return the story of one business."""
    business = next(business for business in BUSINESSES if business.subdomain == subdomain)
    return tell(business, now=NOW, scale=SCALES[subdomain])


def salon() -> Story:
    """Return the story of the salon."""
    return story_of("demo")


def dice(seed: int = 1) -> Random:
    """Return a source of chance that always falls alike."""
    return Random(seed)  # noqa: S311  # a story, not a secret
