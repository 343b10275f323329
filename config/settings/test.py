"""Settings of the test suite: fast hashing, no throttles, mail kept in memory."""

from config import env
from config.background import QUEUES
from config.embedded_postgres import Cluster
from config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "test-only"  # noqa: S105
PUBLIC_SCHEME = "http"
PUBLIC_PORT = 8000
PLATFORM_DOMAINS = ("localhost", "127.0.0.1", "lvh.me")
SECOND_FACTOR_REQUIRED = False  # the tests of it switch it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Tasks are noted and wait for the test to run them.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": list(QUEUES)}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected in a fresh clone
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# The tests' server is never the one that holds somebody's data.
EMBEDDED_CLUSTER = Cluster.at(env.folder("TEST_DATA_DIR", BASE_DIR / "var" / "test"))  # noqa: F405
if USES_EMBEDDED_POSTGRES:  # noqa: F405
    DATABASES["default"]["HOST"] = EMBEDDED_CLUSTER.host  # noqa: F405
REST_FRAMEWORK = {
    **REST_FRAMEWORK,  # noqa: F405
    "DEFAULT_THROTTLE_RATES": {"anon": None, "user": None, "sign_in": None},
}
