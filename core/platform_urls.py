"""Routes of the kernel below `/api/` on the platform's address."""

from django.urls import path, re_path

from core.views.platform import TenantNeededView
from core.views.session import BusinessesView

urlpatterns = [
    path("session/businesses/", BusinessesView.as_view(), name="businesses"),
    re_path(r"^", TenantNeededView.as_view(), name="tenant-needed"),
]
