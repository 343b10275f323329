"""The routes of exports."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from exports.views.datasets import CatalogueView, ExportView
from exports.views.files import ExportFileView
from exports.views.jobs import ExportJobViewSet

jobs = SimpleRouter()
jobs.register("export/jobs", ExportJobViewSet, basename="export-job")

urlpatterns = [
    path("export/", CatalogueView.as_view(), name="export-catalogue"),
    *jobs.urls,
    path("export/files/<str:token>/", ExportFileView.as_view(), name="export-file"),
    path("export/<str:dataset>/", ExportView.as_view(), name="export"),
]
"""Below the fixed addresses: whatever else follows `export/` is the key of a dataset."""
