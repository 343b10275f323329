"""Settings every environment shares. The environment modules beside this one set what differs."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF

from config import env
from config.background import TASK_SECONDS, task_settings
from config.embedded_postgres import Cluster
from config.registry import REGISTRY as REGISTRY

django_stubs_ext.monkeypatch()

_cache_url = env.text("CACHE_URL", "")
_tasks = task_settings(env.text("TASKS_BACKEND", "database"), redis_url=env.text("REDIS_URL", _cache_url))

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

# --- Apps: what Django and the libraries bring, then our own, placed by their manifests --------------------------

SHARED_APPS = [
    *(label for label in REGISTRY.labels("public") if label != "platform_admin"),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    *(["django_rq"] if "RQ_QUEUES" in _tasks else []),
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    # After whatever it takes out of the admin, and before the admin, whose templates it replaces.
    *(label for label in REGISTRY.labels("public") if label == "platform_admin"),
    "platform_admin.admin_config.BackOfficeConfig",
    # After the apps of ours whose `create_tenant` and `delete_tenant` are to be found before its own.
    "django_tenants",
    *REGISTRY.labels("none"),
]
TENANT_APPS = list(REGISTRY.labels("tenant"))
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

# --- Tenancy ------------------------------------------------------------------------------------------------------

TENANT_MODEL = "core.Tenant"
TENANT_DOMAIN_MODEL = "core.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PLATFORM_DOMAINS = env.hosts("PLATFORM_DOMAINS", ("localhost", "127.0.0.1", "lvh.me"))
ROOT_URLCONF = "config.urls"
PUBLIC_SCHEMA_URLCONF = "config.public_urls"
# Hosts are admitted by core.tenancy, which knows the businesses' own domains; anything unknown there is a plain 404.
ALLOWED_HOSTS = ["*"]

# --- Database -----------------------------------------------------------------------------------------------------

EMBEDDED_CLUSTER = Cluster.at(DATA_DIR)
_external = env.database("DATABASE_URL")
USES_EMBEDDED_POSTGRES = _external is None
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        "CONN_MAX_AGE": env.integer("DB_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        **(
            _external
            or {
                "NAME": "smoothschedule",
                "USER": EMBEDDED_CLUSTER.user,
                "HOST": EMBEDDED_CLUSTER.host,
                "PORT": EMBEDDED_CLUSTER.port,
            }
        ),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Requests -----------------------------------------------------------------------------------------------------

MIDDLEWARE = [
    "core.tenancy.HealthMiddleware",
    "core.request_context.RequestContextMiddleware",
    "core.limits.BodySizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.tenancy.TenancyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
WSGI_APPLICATION = "config.wsgi.application"
MAX_BODY_BYTES = env.integer("MAX_BODY_BYTES", 1_048_576, minimum=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
USE_X_FORWARDED_HOST = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# --- People -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.integer("LOGIN_FAILURE_LIMIT", 10, minimum=1)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "core.sign_in.axes_username"
AXES_CLIENT_IP_CALLABLE = "core.limits.client_ip"
AXES_LOCKOUT_CALLABLE = "core.sign_in.lockout_response"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it; axes' own would begin a session for every token
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # the back office has a page of its own
# Whether platform staff need a second factor. No environment variable switches it off; local development does.
SECOND_FACTOR_REQUIRED = True
OTP_TOTP_ISSUER = "SmoothSchedule"
SIGN_IN_TOKEN_DAYS = env.integer("SIGN_IN_TOKEN_DAYS", 30, minimum=1)
# What plans are priced in (ISO 4217).
PLAN_CURRENCY = env.currency("PLAN_CURRENCY", "USD")
INVITATION_DAYS = env.integer("INVITATION_DAYS", 7, minimum=1)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# How many proxies in front may be believed about the caller's address; 0 believes the socket alone.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0, maximum=10)

# --- API ----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.authentication.TokenAuthentication",
        "core.authentication.MemberSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "core.pagination.Pagination",
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "core.filters.NamedSearchFilter",
        "core.ordering.StrictOrderingFilter",
    ],
    "DEFAULT_SCHEMA_CLASS": "core.openapi.Schema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("THROTTLE_ANON", "120/min"),
        "user": env.text("THROTTLE_USER", "1200/min"),
        "sign_in": env.text("THROTTLE_SIGN_IN", "30/min"),
    },
    "NUM_PROXIES": TRUSTED_PROXIES,
    "EXCEPTION_HANDLER": "core.problems.respond",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_METADATA_CLASS": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "SmoothSchedule API",
    "DESCRIPTION": (
        "Appointments, availability, payments and analytics of one business. Sign in at `POST /auth-token/` and send "
        "`Authorization: Token …` to the business's own address, or to the platform's address, where the token alone "
        "names the business."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SERVE_URLCONF": "config.urls",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ExportFormatEnum": "exports.formats.Format",
        "FeatureKeyEnum": "core.serializers.plans.FEATURES",
        "JobStateEnum": "exports.enums.JobState",
        "CalendarProviderEnum": "calendar_sync.enums.ProviderKey",
        "ConnectionStateEnum": "calendar_sync.enums.ConnectionState",
        "CopyStateEnum": "calendar_sync.enums.LinkState",
        "FeedScopeEnum": "calendar_sync.enums.FeedScope",
        "ScopeEnum": "core.models.token.Scope",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
}

# --- Background work ----------------------------------------------------------------------------------------------

TASKS = _tasks["TASKS"]
RQ_QUEUES = _tasks.get("RQ_QUEUES", {})
# How long a worker that fell silent keeps what it was doing, and how long any task may run at all.
LEASE_SECONDS = env.integer("LEASE_SECONDS", 60, minimum=3)
TASK_LIMIT_SECONDS = TASK_SECONDS
EXPORT_DAYS = env.integer("EXPORT_DAYS", 7, minimum=1)

# --- Other people's servers ----------------------------------------------------------------------------------------

# host:port pairs that requests of ours may reach although they are private or unencrypted: a calendar server in the
# same network, a demo, a test.
OUTGOING_ALLOWED_HOSTS = env.hosts("OUTGOING_ALLOWED_HOSTS", ())
OUTGOING_PLAIN_HTTP = False
# What calendars of Google and Microsoft are reached with. Without an id the provider is not offered.
GOOGLE_CLIENT_ID = env.text("GOOGLE_CLIENT_ID", "")
GOOGLE_CLIENT_SECRET = env.text("GOOGLE_CLIENT_SECRET", "")
GOOGLE_CONSENT_URL = env.text("GOOGLE_CONSENT_URL", "https://accounts.google.com/o/oauth2/v2/auth")
GOOGLE_TOKEN_URL = env.text("GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com/token")
GOOGLE_REVOKE_URL = env.text("GOOGLE_REVOKE_URL", "https://oauth2.googleapis.com/revoke")
GOOGLE_CALENDAR_URL = env.text("GOOGLE_CALENDAR_URL", "https://www.googleapis.com/calendar/v3")
MICROSOFT_CLIENT_ID = env.text("MICROSOFT_CLIENT_ID", "")
MICROSOFT_CLIENT_SECRET = env.text("MICROSOFT_CLIENT_SECRET", "")
MICROSOFT_LOGIN_URL = env.text("MICROSOFT_LOGIN_URL", "https://login.microsoftonline.com/common/oauth2/v2.0")
MICROSOFT_GRAPH_URL = env.text("MICROSOFT_GRAPH_URL", "https://graph.microsoft.com/v1.0")
# Whether calendar servers are asked to tell of changes, which takes a public address with https. Without it they are
# looked at every five minutes.
CALENDAR_HOOKS = env.flag("CALENDAR_HOOKS", False)
# Keys that secrets of other services are stored under, the newest first; without one they are stored under a key drawn
# from SECRET_KEY.
SECRETS_KEYS = env.listing("SECRETS_KEYS", ())

# --- Cache, e-mail, time, static files, log -----------------------------------------------------------------------

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache_url}
        if _cache_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, minimum=1, maximum=65535)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "SmoothSchedule <no-reply@localhost>")

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# Development and tests serve files from where they are; production collects them first.
STATIC_ROOT: Path | None = None
WHITENOISE_USE_FINDERS = True
DASHBOARD_DIR = BASE_DIR / "frontend" / "dist" / "dashboard"
STATICFILES_DIRS = [("dashboard", DASHBOARD_DIR)] if DASHBOARD_DIR.is_dir() else []
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dashboard/assets/.+-[A-Za-z0-9_-]{8,}\.\w+$"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
