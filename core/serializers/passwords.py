"""What a new password must be."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as WeakPassword
from rest_framework.exceptions import ValidationError

from core.models import User


def require_strong(password: str, *, user: User, field: str) -> None:
    """Raise ValidationError naming `field` and everything that is wrong with a new password of `user`."""
    try:
        validate_password(password, user)
    except WeakPassword as error:
        raise ValidationError({field: error.messages}) from error
