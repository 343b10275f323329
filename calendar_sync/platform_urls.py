"""Routes of calendar sync below `/api/` on the platform's address: what other companies' servers and pages know."""

from django.urls import path, re_path

from calendar_sync.views.consent import ConsentCallbackView
from calendar_sync.views.hooks import GoogleHookView, MicrosoftHookView

urlpatterns = [
    re_path(
        r"^calendar-sync/oauth/(?P<provider>google|microsoft)/callback/$",
        ConsentCallbackView.as_view(),
        name="calendar-consent-callback",
    ),
    path("calendar-sync/hooks/google/", GoogleHookView.as_view(), name="calendar-hook-google"),
    path("calendar-sync/hooks/microsoft/", MicrosoftHookView.as_view(), name="calendar-hook-microsoft"),
]
