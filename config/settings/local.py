"""Settings of `make run` and of development: everything works without configuration."""

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "local-development-only-never-used-when-debug-is-off"  # noqa: S105
SECOND_FACTOR_REQUIRED = False  # whoever sets one up is asked for it here too
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.integer("PORT", 8000, minimum=1, maximum=65535)
OUTGOING_PLAIN_HTTP = True
