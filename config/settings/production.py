"""Settings of an installation people depend on. Refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
PLATFORM_DOMAINS = env.hosts("PLATFORM_DOMAINS", ())
PUBLIC_SCHEME = "https"
PUBLIC_PORT = 443

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 random characters.")
if not PLATFORM_DOMAINS:
    raise ImproperlyConfigured(
        "PLATFORM_DOMAINS is required: the domains below which businesses live, the canonical one first."
    )

CALENDAR_HOOKS = env.flag("CALENDAR_HOOKS", True)
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
if TRUSTED_PROXIES:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STATIC_ROOT = DATA_DIR / "static"  # noqa: F405
WHITENOISE_USE_FINDERS = False
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
