"""Django's admin, with the back office for its site."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Stands in INSTALLED_APPS where `django.contrib.admin` would."""

    default_site = "platform_admin.site.BackOffice"
