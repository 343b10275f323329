"""Files of finished export jobs, whole or in parts."""

import base64
from pathlib import Path

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.audit import record
from core.models import Tenant, User
from core.openapi import Problem
from core.permissions import current_tenant
from exports.errors import FileGone
from exports.files import folder_of, manifest_name, read_part
from exports.formats import Format
from exports.links import Link, read_link
from exports.models import ExportJob
from exports.ranges import Stretch, Unsatisfiable, requested_stretch
from exports.requests import request_from_json
from exports.selectors import job_behind
from exports.views.datasets import FormatByParameter
from exports.views.downloads import file_name


class ExportFileView(APIView):
    """The file behind a job's link."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    open_to_all = "the signed link is the permission; who made it must still be allowed to export"
    content_negotiation_class = FormatByParameter

    @extend_schema(
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One stretch: `bytes=1000-`."),
            OpenApiParameter("If-Range", str, OpenApiParameter.HEADER, description="The `ETag` of the first part."),
        ],
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The file."),
            (206, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The stretch asked for."),
            410: OpenApiResponse(Problem, "The link is older than an hour, or the file is not kept any more."),
            416: OpenApiResponse(Problem, "The stretch lies outside the file."),
        },
    )
    def get(self, request: Request, token: str) -> HttpResponseBase:
        """Download the file of an export job.

        The link is good for an hour, for whoever has it. A download that broke off is continued with `Range`, and
        `If-Range` makes sure that it is the same file. The `ETag` is the file's SHA-256.
        """
        link = read_link(token)
        tenant = current_tenant()
        job = job_behind(link, tenant=tenant, now=timezone.now())
        name = manifest_name(job.file_name) if link.is_manifest else job.file_name
        path = folder_of(tenant) / name
        if not path.is_file():
            raise FileGone("This file is not on the disk any more. Order the export again.")
        size = path.stat().st_size
        try:
            stretch = _asked_stretch(request, job, size=size, is_manifest=link.is_manifest)
        except Unsatisfiable:
            problem = {"detail": f"Range: the file has {size} bytes.", "code": "range_not_satisfiable"}
            return Response(problem, status=416, headers={"Content-Range": f"bytes */{size}"})
        if request.method == "GET" and (stretch is None or stretch.first == 0):
            _note(link, job, tenant)
        return _with_headers(_body(request, path, stretch, size=size), job, tenant, is_manifest=link.is_manifest)


def _asked_stretch(request: Request, job: ExportJob, *, size: int, is_manifest: bool) -> Stretch | None:
    given = request.headers.get("If-Range")
    if given is not None and given != _etag(job, is_manifest=is_manifest):
        return None
    return requested_stretch(request.headers.get("Range"), size=size)


def _etag(job: ExportJob, *, is_manifest: bool) -> str:
    return f'"{job.sha256}-manifest"' if is_manifest else f'"{job.sha256}"'


def _body(request: Request, path: Path, stretch: Stretch | None, *, size: int) -> HttpResponseBase:
    response: HttpResponseBase
    if stretch is None:
        response = HttpResponse() if request.method == "HEAD" else FileResponse(path.open("rb"))
        response["Content-Length"] = str(size)
        return response
    parts = iter(()) if request.method == "HEAD" else read_part(path, stretch.first, stretch.last)
    response = StreamingHttpResponse(parts, status=206)
    response["Content-Range"] = f"bytes {stretch.first}-{stretch.last}/{size}"
    response["Content-Length"] = str(stretch.length)
    return response


def _with_headers(response: HttpResponseBase, job: ExportJob, tenant: Tenant, *, is_manifest: bool) -> HttpResponseBase:
    shown = file_name(request_from_json(job.asked), tenant=tenant, now=job.started_at or job.created_at)
    response["Content-Type"] = "application/json" if is_manifest else Format(job.format).content_type
    response["Content-Disposition"] = f'attachment; filename="{manifest_name(shown) if is_manifest else shown}"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _etag(job, is_manifest=is_manifest)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    if not is_manifest:
        response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(job.sha256)).decode()}:"
    return response


def _note(link: Link, job: ExportJob, tenant: Tenant) -> None:
    record(
        "export.file_downloaded",
        tenant=tenant,
        actor=User.objects.filter(pk=link.user).first(),
        object_label=str(job.pk),
        after={"dataset": job.dataset, "manifest": link.is_manifest},
    )
