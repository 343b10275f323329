"""What the tests of this folder share."""

import pytest

from demo.story import Story
from tests.demo.stories import SCALES, story_of


@pytest.fixture(params=SCALES)
def story(request: pytest.FixtureRequest) -> Story:
    """The story of each business, one after the other."""
    return story_of(request.param)
