"""Routes on a business's address, drawn from the registry."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from config.registry import REGISTRY
from core.views.dashboard import DashboardView
from core.views.platform import NothingHereView
from core.views.session import AuthTokenView

urlpatterns = [
    path("auth-token/", AuthTokenView.as_view(), name="auth-token"),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *(path("api/", include(manifest.routes)) for manifest in REGISTRY.manifests if manifest.routes),
    re_path(r"^api/", NothingHereView.as_view(), name="nothing-here"),
    re_path(r"^(?!api/|static/|admin/).*$", DashboardView.as_view(), name="dashboard"),
]
