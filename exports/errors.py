"""Refusals of export jobs and of their downloads."""

from core.errors import Conflict, DomainError


class TooManyJobs(Conflict):
    """The business has as many unfinished jobs as it may."""

    code = "too_many_jobs"


class FileGone(DomainError):
    """The file, or the link to it, is past its time."""

    status = 410
    code = "gone"
