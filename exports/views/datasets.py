"""The catalogue of what can be exported, and the exports themselves."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.datasets import Filter
from core.errors import Missing
from core.impersonation import EVERYTHING
from core.installed import datasets
from core.models import Role
from core.permissions import HasFeaturePermission, HasRole, current_tenant
from exports.formats import Format
from exports.requests import request_from_query
from exports.serializers import CatalogueSerializer
from exports.views.downloads import respond_with_export

MAY_EXPORT = (IsAuthenticated, HasRole(Role.MANAGER, read=Role.MANAGER), HasFeaturePermission("can_export_data"))


class FormatByParameter(BaseContentNegotiation):
    """The parameter chooses the format, so that a link in a browser works; refusals are JSON whatever is accepted."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the only parser."""
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer."""
        return renderers[0], renderers[0].media_type


class CatalogueView(APIView):
    """What can be exported."""

    permission_classes = MAY_EXPORT

    @extend_schema(operation_id="api_export_catalogue", responses=CatalogueSerializer)
    def get(self, request: Request) -> Response:
        """List what can be exported.

        Every dataset with its columns, its filters and the formats it comes in.
        """
        return Response(CatalogueSerializer({"datasets": list(datasets().values()), "formats": list(Format)}).data)


def _parameters() -> list[OpenApiParameter]:
    used: dict[str, tuple[Filter, list[str]]] = {}
    for dataset in datasets().values():
        for one in dataset.filters:
            used.setdefault(one.name, (one, []))[1].append(dataset.key)
    filters = [
        OpenApiParameter(
            name,
            str,
            enum=list(one.choices) or None,
            description=f"{one.summary[:1].upper()}{one.summary[1:]}. For {', '.join(keys)}.",
        )
        for name, (one, keys) in used.items()
    ]
    return [
        OpenApiParameter("dataset", str, OpenApiParameter.PATH, enum=list(datasets())),
        OpenApiParameter("export_format", str, enum=list(Format), description="CSV unless given."),
        OpenApiParameter("format", str, enum=list(Format), description="The same, shorter."),
        *filters,
        OpenApiParameter("fields", str, description="Names of columns, separated by commas. All unless given."),
        OpenApiParameter("bom", str, enum=["0", "1"], description="Begin CSV with a byte order mark, for Excel."),
        OpenApiParameter(
            "since",
            str,
            description="The `Export-Cursor` of an earlier export: only what changed since, and what was deleted.",
        ),
        OpenApiParameter(
            "Export-Cursor",
            str,
            OpenApiParameter.HEADER,
            response=[200],
            description="Send it as `since` next time. Rows changed shortly before may come again.",
        ),
    ]


class ExportView(APIView):
    """One dataset as a file."""

    permission_classes = MAY_EXPORT
    not_while_impersonating = EVERYTHING
    content_negotiation_class = FormatByParameter

    @extend_schema(
        operation_id="api_export_dataset",
        parameters=_parameters(),
        responses={
            (200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "The rows, as a file."),
            (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT, "The rows in `data`, their number last."),
            (200, Format.NDJSON.content_type): OpenApiResponse(OpenApiTypes.STR, "One JSON object a line."),
            (200, Format.XLSX.content_type): OpenApiResponse(OpenApiTypes.BINARY, "A workbook with one sheet."),
        },
    )
    def get(self, request: Request, dataset: str) -> HttpResponseBase:
        """Export a dataset.

        Every row in one snapshot, streamed; memory and speed do not depend on their number. Times carry the offset of
        the business's zone. In CSV a text that begins like a formula gets a leading apostrophe, the elements of a list
        are separated by semicolons. A response that breaks off is never well-formed: its last chunk is missing.
        """
        if dataset not in datasets():
            raise Missing(f"There is no dataset {dataset[:50]!r}. There are {', '.join(datasets())}.")
        asked = request_from_query(datasets()[dataset], request.query_params)
        return respond_with_export(request, asked, tenant=current_tenant(), now=timezone.now())
