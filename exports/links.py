"""Links that open one file of one business for an hour, for whoever has them."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from core.errors import Missing
from exports.errors import FileGone

LINK_SECONDS = 3600
_SALT = "exports.links"


@dataclass(frozen=True)
class Link:
    """What a link opens, and for whom it was made. `is_manifest`: the manifest instead of the file."""

    tenant: int
    job: UUID
    user: int
    is_manifest: bool = False

    @property
    def token(self) -> str:
        """The link as a signed word that can stand in an address."""
        return signing.dumps([self.tenant, self.job.hex, self.user, self.is_manifest], salt=_SALT)


def read_link(token: str) -> Link:
    """Read a word made by `token`. Raises Missing for any other, FileGone for one older than an hour."""
    try:
        tenant, job, user, is_manifest = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except signing.SignatureExpired as error:
        raise FileGone("This link was good for an hour. Ask for the job again to get a new one.") from error
    except signing.BadSignature as error:
        raise Missing("There is no such file.") from error
    return Link(tenant, UUID(job), user, is_manifest)
