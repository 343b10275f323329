"""Routes of the kernel below `/api/` on a business's address."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from core.views.entitlements import EntitlementsView
from core.views.session import BusinessesView, SessionView
from core.views.team import InvitationViewSet, TeamViewSet
from core.views.tokens import TokenViewSet

router = SimpleRouter()
router.register("tokens", TokenViewSet, basename="token")
router.register("team", TeamViewSet, basename="member")
router.register("invitations", InvitationViewSet, basename="invitation")

urlpatterns = [
    path("entitlements/", EntitlementsView.as_view(), name="entitlements"),
    path("session/", SessionView.as_view(), name="session"),
    path("session/businesses/", BusinessesView.as_view(), name="businesses"),
    *router.urls,
]
