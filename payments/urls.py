"""Routes of payments, below `/api/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from payments.views import TransactionViewSet

router = SimpleRouter()
router.register("transactions", TransactionViewSet, basename="transaction")

urlpatterns = [path("payments/", include(router.urls))]
