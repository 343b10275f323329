"""Export jobs over HTTP."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import ChoiceFilter, FilterSet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.ids import UUID_PATTERN
from core.impersonation import EVERYTHING
from core.installed import datasets
from core.links import tenant_url
from core.permissions import current_tenant, membership_of
from exports.enums import JobState
from exports.formats import Format
from exports.models import ExportJob
from exports.requests import request_from_json
from exports.services.jobs import withdraw_job
from exports.tasks import order_export
from exports.views.datasets import MAY_EXPORT
from exports.views.job_serializers import ExportJobSerializer, ExportOrder


class ExportJobFilter(FilterSet):
    """By state, dataset and format."""

    state = ChoiceFilter(choices=JobState.choices)
    dataset = ChoiceFilter(choices=[(key, dataset.name) for key, dataset in datasets().items()])
    format = ChoiceFilter(choices=[(one.value, one.name) for one in Format])


class ExportJobViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ExportJob]):
    """Exports written to files in the background."""

    serializer_class = ExportJobSerializer
    permission_classes = MAY_EXPORT
    not_while_impersonating = EVERYTHING  # a job tells the link to its file
    queryset = ExportJob.objects.all()
    lookup_value_regex = UUID_PATTERN
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "finished_at", "state", "dataset", "size_bytes")
    filterset_class = ExportJobFilter

    def get_queryset(self) -> QuerySet[ExportJob]:
        """Return the business's jobs with whoever asked for them."""
        return ExportJob.objects.select_related("requested_by")

    def get_serializer_context(self) -> dict[str, Any]:
        """Add what links are made of."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["now"] = timezone.now()
            context["reader"] = membership_of(self.request)
            context["address"] = tenant_url(current_tenant(), "")
        return context

    @extend_schema(
        request=ExportOrder,
        responses={202: OpenApiResponse(ExportJobSerializer, "The job; `Location` is where to look after it.")},
    )
    def create(self, request: Request) -> Response:
        """Order an export.

        A worker writes it to a file; the job tells how far it is, and in the end where the file can be downloaded and
        its SHA-256. A worker that is killed is replaced, three attempts in all; there is never half a file. Files are
        kept for a week.
        """
        body = cast("dict[str, Any]", request.data)  # the parser lets nothing else through
        job = order_export(asked=request_from_json(body), by=membership_of(request), now=timezone.now())
        shown: BaseSerializer[ExportJob] = self.get_serializer(job)
        location = f"{tenant_url(current_tenant())}api/export/jobs/{job.pk}/"
        return Response(shown.data, status=status.HTTP_202_ACCEPTED, headers={"Location": location})

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Cancel a job, or remove its file.

        The job itself stays in the list, as cancelled or expired.
        """
        withdraw_job(job=self.get_object(), by=membership_of(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
