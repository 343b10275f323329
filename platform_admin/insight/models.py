"""What is counted day by day, in the public schema: no page looks into every business. Days are those of UTC."""

from django.db import models
from django.db.models import Q


class DayOfBusiness(models.Model):
    """How many appointments a business was booked on a day, cancelled ones included; a day without any has no row.

    The latest row, which may say 0, is also the day up to which was counted.
    """

    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    bookings = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_insight", "Can see how the platform fares"),
            ("view_health", "Can see the health of the installation"),
        ]
        constraints = [models.UniqueConstraint(name="day_of_business_once", fields=["tenant", "day"])]
        indexes = [models.Index(name="day_of_business_by_day", fields=["day"])]

    def __str__(self) -> str:
        return f"{self.day}: {self.bookings}"


class Refusal(models.Model):
    """How often a business met a limit of its plan on a day: `key` is of a feature or quota, `code` of the refusal."""

    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="refusal_once_a_day", fields=["tenant", "key", "code", "day"]),
            models.CheckConstraint(name="refusal_happened", condition=Q(count__gte=1)),
        ]
        indexes = [models.Index(name="refusal_by_day", fields=["day"])]

    def __str__(self) -> str:
        return f"{self.key} on {self.day}: {self.count}"
