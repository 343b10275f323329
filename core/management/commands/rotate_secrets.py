"""`manage.py rotate_secrets`: stored secrets under the newest key, so that old keys can be thrown away."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django_tenants.utils import get_public_schema_name, schema_context

from core.models import SealedField, Tenant
from core.sealed import Unreadable, with_newest_key

Place = tuple[type[Model], str]


class Command(BaseCommand):
    """Encrypts every sealed secret anew with the first key of SECRETS_KEYS."""

    help = (
        "Encrypt every stored secret with the newest key. Put a new key in front of SECRETS_KEYS, restart everything, "
        "run this, and take the old key away. Safe at any time and as often as you like."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Run. Raises CommandError where a secret cannot be read with any key; the others are rotated all the same."""
        public = get_public_schema_name()
        rotated, unreadable = 0, []
        for schema in (public, *Tenant.objects.order_by("pk").values_list("schema_name", flat=True)):
            with schema_context(schema):
                for model, field in _places(is_public=schema == public):
                    done, failed = _rotate(model, field)
                    rotated += done
                    unreadable += [f"{schema}: {model._meta.label} {pk}" for pk in failed]
        self.stdout.write(f"{rotated} {'secret is' if rotated == 1 else 'secrets are'} under the newest key.")
        if unreadable:
            raise CommandError(
                "These cannot be read with any key of SECRETS_KEYS; bring the old key back, or connect again:\n"
                + "\n".join(unreadable)
            )


def _places(*, is_public: bool) -> Iterator[Place]:
    shared = {config.split(".")[0] for config in settings.SHARED_APPS}
    for model in apps.get_models():
        if (model._meta.app_label in shared) == is_public and not model._meta.proxy:
            yield from ((model, field.name) for field in model._meta.fields if isinstance(field, SealedField))


def _rotate(model: type[Model], field: str) -> tuple[int, list[Any]]:
    """Return how many secrets of a column were rotated, and the keys of rows whose secret cannot be read."""
    done, failed = 0, []
    rows = model._default_manager.exclude(**{field: ""}).order_by("pk")
    for pk, sealed in rows.values_list("pk", field).iterator(chunk_size=500):
        try:
            renewed = with_newest_key(sealed)
        except Unreadable:
            failed.append(pk)
            continue
        # A secret that was replaced meanwhile is under the newest key anyway.
        model._default_manager.filter(pk=pk, **{field: sealed}).update(**{field: renewed})
        done += 1
    return done, failed
