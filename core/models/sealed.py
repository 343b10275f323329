"""A column of ciphertext."""

from collections.abc import Sequence
from typing import Any

from django.db import models


class SealedField(models.TextField[str, str]):
    """Text made by `core.sealed.seal`; empty where there is nothing to hide.

    `manage.py rotate_secrets` finds every secret by this class. In the database, and to migrations, it is text.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Describe the field as the plain text it is."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
