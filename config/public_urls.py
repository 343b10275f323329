"""Routes on the platform's address, drawn from the registry."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from config.registry import REGISTRY
from core.views.dashboard import DashboardView
from core.views.session import AuthTokenView

urlpatterns = [
    path("", DashboardView.as_view(), name="home"),
    path("sign-in", DashboardView.as_view(), name="sign-in"),
    path("admin/", admin.site.urls),
    path("auth-token/", AuthTokenView.as_view(), name="auth-token"),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    # The kernel comes first in the list and last here: its routes end with what stands where nobody else's do.
    *(
        path("api/", include(manifest.platform_routes))
        for manifest in reversed(REGISTRY.manifests)
        if manifest.platform_routes
    ),
]
