"""Routes of the scheduling domain below `/api/` on a business's address."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from schedule.views.appointments import AppointmentViewSet
from schedule.views.availability import AvailabilityView, ExplanationView
from schedule.views.catalogue import CustomerViewSet, ResourceViewSet, ServiceViewSet
from schedule.views.hours import DateOverrideViewSet, TimeOffViewSet, WorkingHoursViewSet

router = SimpleRouter()
router.register("resources", ResourceViewSet, basename="resource")
router.register("services", ServiceViewSet, basename="service")
router.register("customers", CustomerViewSet, basename="customer")
router.register("appointments", AppointmentViewSet, basename="appointment")
router.register("schedule/working-hours", WorkingHoursViewSet, basename="working-hours")
router.register("schedule/date-overrides", DateOverrideViewSet, basename="date-override")
router.register("schedule/time-off", TimeOffViewSet, basename="time-off")

urlpatterns = [
    path("schedule/availability/", AvailabilityView.as_view(), name="availability"),
    path("schedule/availability/explain/", ExplanationView.as_view(), name="availability-explain"),
    *router.urls,
]
