"""Deletions in the back office: followed, undone while there is time, tried again where they have stopped."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone

from core.audit import record
from platform_admin.lifecycle import deleting
from platform_admin.lifecycle.archives import archives_folder
from platform_admin.lifecycle.models import DeletionState, DeletionStep, TenantDeletion
from platform_admin.lifecycle.pages import (
    REFRESH_SECONDS,
    REST_SECONDS,
    Step,
    WorkAdmin,
    acting_user,
    number_in,
    steps_of,
)
from platform_admin.lifecycle.tasks import delete_on
from platform_admin.pages import ObjectPages

DOWNLOAD = "platform_admin.download_archive"
ARCHIVE_STEPS = frozenset({DeletionStep.ARCHIVE.value, DeletionStep.LAST_ARCHIVE.value})


@admin.register(TenantDeletion)
class TenantDeletionAdmin(WorkAdmin, ObjectPages):
    """Businesses that leave, and those that have left."""

    list_display = ("name", "schema_name", "state", "step", "due_at", "finished_at", "requested_by")
    list_filter = ("state",)
    list_select_related = ("requested_by",)
    search_fields = ("name", "schema_name", "reason")
    ordering = ("-created_at", "-pk")

    def get_urls(self) -> list[URLPattern]:
        """Add the archive of each deletion."""
        return [self.own_path("archive", self.archive_view), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show how far the deletion is; let somebody undo it or try again."""
        deletion = _found(object_id)
        if not self.has_view_permission(request, deletion):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request, deletion)
            return HttpResponseRedirect(request.path)
        context = {
            **self.page_context(request, deletion),
            "steps": _steps(deletion),
            "refresh_seconds": _refresh_seconds(deletion),
            "has_archive": _has_file(deletion),
            "may_download": request.user.has_perm(DOWNLOAD),
        }
        return TemplateResponse(request, "platform_admin/lifecycle/deletion.html", context)

    def archive_view(self, request: HttpRequest, object_id: str) -> Any:
        """Hand out the archive, and note who took it."""
        user = acting_user(request)
        if not user.has_perm(DOWNLOAD):
            raise PermissionDenied
        deletion = _found(object_id)
        if not _has_file(deletion):
            raise Http404
        file = (archives_folder() / deletion.archive_name).open("rb")
        with transaction.atomic():
            record(
                "tenant.archive_downloaded",
                tenant=deletion.tenant,
                actor=user,
                object_label=deletion.name,
                after={"archive": deletion.archive_name, "sha256": deletion.archive_sha256},
            )
        return FileResponse(file, as_attachment=True, filename=deletion.archive_name)

    def _decide(self, request: HttpRequest, deletion: TenantDeletion) -> None:
        user, now = self.require_change(request), timezone.now()
        act = request.POST.get("act")
        if act == "undo":
            self.say(request, lambda: deleting.undo(deletion=deletion, by=user, now=now), f"{deletion} stays.")
        elif act == "retry":
            self.say(request, lambda: delete_on(deletion=deletion, now=now), "It is tried again.")


def _found(object_id: str) -> TenantDeletion:
    rows = TenantDeletion.objects.select_related("tenant", "requested_by")
    return get_object_or_404(rows, pk=number_in(object_id))


def _has_file(deletion: TenantDeletion) -> bool:
    return bool(deletion.archive_name) and (archives_folder() / deletion.archive_name).is_file()


def _steps(deletion: TenantDeletion) -> list[Step]:
    skipped = set() if deletion.wants_archive else set(ARCHIVE_STEPS)
    if deletion.due_at <= deletion.created_at:  # at once
        skipped |= {DeletionStep.ARCHIVE.value, DeletionStep.GRACE.value}
    return steps_of(DeletionStep, deletion.step, skipped=frozenset(skipped))


def _refresh_seconds(deletion: TenantDeletion) -> int | None:
    if not deletion.is_open or deletion.has_stopped:
        return None
    is_resting = deletion.state == DeletionState.WAITING and deletion.step == DeletionStep.GRACE
    return REST_SECONDS if is_resting else REFRESH_SECONDS
