"""Export jobs as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.installed import datasets
from exports.enums import JobState
from exports.formats import Format
from exports.links import Link
from exports.models import ExportJob

FORMATS = [(one.value, one.name) for one in Format]


class ExportOrder(serializers.Serializer[Any]):
    """What is to be exported: the parameters of `GET /api/export/{dataset}/` as one object."""

    dataset = serializers.ChoiceField(choices=list(datasets()))
    format = serializers.ChoiceField(choices=FORMATS, default=Format.CSV)
    filters = serializers.DictField(required=False, help_text="Filters by name, as the catalogue lists them.")
    fields = serializers.ListField(  # type: ignore[assignment]  # DRF collects it before it could hide anything
        child=serializers.CharField(), required=False, help_text="Names of columns. All unless given."
    )
    since = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="The `cursor` of an earlier export: only what changed since, and what was deleted.",
    )
    bom = serializers.BooleanField(required=False, help_text="Begin CSV with a byte order mark, for Excel.")


class JobProblem(serializers.Serializer[ExportJob]):
    """Why a job failed, or what interrupted its last attempt."""

    code = serializers.CharField(source="problem_code")
    detail = serializers.CharField(source="problem")


class ExportJobSerializer(serializers.ModelSerializer[ExportJob]):
    """An export job. Its links are made when it is read and good for an hour."""

    dataset = serializers.ChoiceField(choices=list(datasets()), read_only=True)
    format = serializers.ChoiceField(choices=FORMATS, read_only=True)
    filters = serializers.DictField(source="asked.filters", read_only=True)
    fields = serializers.ListField(  # type: ignore[assignment]  # as above
        source="asked.fields", child=serializers.CharField(), read_only=True
    )
    since = serializers.CharField(source="asked.since", read_only=True, allow_null=True)
    bom = serializers.BooleanField(source="asked.bom", read_only=True)
    state = serializers.ChoiceField(choices=JobState.choices, read_only=True)
    percent = serializers.IntegerField(read_only=True, help_text="100 once the file is finished.")
    problem = serializers.SerializerMethodField()
    requested_by = serializers.EmailField(source="requested_by.email", read_only=True, allow_null=True, default=None)
    download_url = serializers.SerializerMethodField()
    manifest_url = serializers.SerializerMethodField()

    class Meta:
        model = ExportJob
        fields = (
            "id",
            "dataset",
            "format",
            "filters",
            "fields",
            "since",
            "bom",
            "state",
            "attempts",
            "rows",
            "rows_expected",
            "percent",
            "size_bytes",
            "sha256",
            "cursor",
            "problem",
            "requested_by",
            "created_at",
            "started_at",
            "finished_at",
            "expires_at",
            "download_url",
            "manifest_url",
        )
        read_only_fields = fields

    @extend_schema_field(JobProblem(allow_null=True))
    def get_problem(self, job: ExportJob) -> dict[str, Any] | None:
        """Return code and detail, None while all is well."""
        return JobProblem(job).data if job.problem_code else None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_download_url(self, job: ExportJob) -> str | None:
        """Return the link to the file, None while there is none."""
        return self._link(job, is_manifest=False)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_manifest_url(self, job: ExportJob) -> str | None:
        """Return the link to the manifest beside the file, None while there is none."""
        return self._link(job, is_manifest=True)

    def _link(self, job: ExportJob, *, is_manifest: bool) -> str | None:
        if not job.has_file(self.context["now"]):
            return None
        reader = self.context["reader"]
        token = Link(reader.tenant_id, job.pk, reader.user_id, is_manifest).token
        return f"{self.context['address']}/api/export/files/{token}/"
