"""The payments as a Django app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Name and label."""

    name = "payments"
    verbose_name = "Payments"
