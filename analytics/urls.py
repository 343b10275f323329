"""Routes of analytics, below `/api/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from analytics.views import AnalyticsViewSet

router = SimpleRouter()
router.register("analytics", AnalyticsViewSet, basename="analytics")

urlpatterns = [path("analytics/", include(router.urls))]
