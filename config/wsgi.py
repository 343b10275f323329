"""The WSGI entry point of every server process."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from core.limits import Utf8Only, limit_web_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = Utf8Only(get_wsgi_application())

_lies = [message for message in run_checks(tags=["manifests"]) if message.is_serious()]
if _lies:
    raise ImproperlyConfigured("\n".join(str(message) for message in _lies))
limit_web_connections()
