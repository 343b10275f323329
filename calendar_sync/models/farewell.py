"""What is left to do at a server after an account was disconnected."""

from django.db import models
from django.utils.timezone import now as current_time

from calendar_sync.enums import ProviderKey
from core.ids import uuid7
from core.models import Leased, LeasedQuerySet, SealedField
from core.sealed import seal, unseal


class Farewell(Leased):
    """Ending notices of changes and giving back the grant of a connection that is gone. Tried for a while, in vain if
    need be: nothing of ours depends on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=16, choices=ProviderKey)
    account_key = models.CharField(max_length=64)
    sealed_secrets = SealedField()
    watches = models.JSONField(default=list, help_text="What it takes to end each notice.")
    created_at = models.DateTimeField(default=current_time, editable=False)

    objects = LeasedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"

    def seal_secrets(self, *, schema: str, secrets: dict[str, str]) -> None:
        """Set the secrets, to be opened in this business and for this row alone; the row is not saved."""
        self.sealed_secrets = seal(secrets, purpose=self._purpose(schema))

    def secrets(self, *, schema: str) -> dict[str, str]:
        """Return the secrets. Raises core.sealed.Unreadable."""
        return unseal(self.sealed_secrets, purpose=self._purpose(schema))

    def _purpose(self, schema: str) -> str:
        return f"{schema}/calendar_farewell/{self.pk}"
