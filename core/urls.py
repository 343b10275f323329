"""Routes of the kernel below `/api/` on a business's address."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from core.views.entitlements import EntitlementsView
from core.views.me import MeView, PasswordView
from core.views.plans import PlanRequestViewSet, PlanViewSet
from core.views.session import BusinessesView, HandoffView, SessionView, SupportSessionView
from core.views.support import SupportAccessViewSet, SupportSettingView
from core.views.team import InvitationViewSet, TeamViewSet
from core.views.tokens import TokenViewSet

router = SimpleRouter()
router.register("tokens", TokenViewSet, basename="token")
router.register("plans", PlanViewSet, basename="plan")
router.register("plan-requests", PlanRequestViewSet, basename="plan-request")
router.register("team", TeamViewSet, basename="member")
router.register("support-access", SupportAccessViewSet, basename="support-access")
router.register("invitations", InvitationViewSet, basename="invitation")

urlpatterns = [
    path("entitlements/", EntitlementsView.as_view(), name="entitlements"),
    path("session/", SessionView.as_view(), name="session"),
    path("session/businesses/", BusinessesView.as_view(), name="businesses"),
    path("session/handoff/", HandoffView.as_view(), name="handoff"),
    path("session/support/", SupportSessionView.as_view(), name="support-session"),
    path("support-access/setting/", SupportSettingView.as_view(), name="support-setting"),
    path("me/", MeView.as_view(), name="me"),
    path("me/password/", PasswordView.as_view(), name="password"),
    *router.urls,
]
