"""Makes the fixtures of `tests/fixtures.py` known to every test, those inside an app included."""

pytest_plugins = ["tests.fixtures", "tests.background"]
