"""What the audit log is narrowed down by. People and businesses are too many for a list of links: they are typed."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.contrib.admin import ListFilter, ModelAdmin, SimpleListFilter
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

ACTIONS = """
WITH RECURSIVE found AS (
    (SELECT action FROM core_auditentry ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT action FROM core_auditentry WHERE action > found.action ORDER BY action LIMIT 1)
    FROM found WHERE found.action IS NOT NULL
)
SELECT action FROM found WHERE action IS NOT NULL
"""


class TypedFilter(ListFilter):
    """One or two fields to type into; each is a parameter of the address."""

    template = "platform_admin/audit_log/typed_filter.html"
    fields: ClassVar[tuple[tuple[str, str, str], ...]]
    """Parameter, label and type of each field."""

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Any], model_admin: ModelAdmin[Any]
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name, _, _ in self.fields:
            if name in params:
                value = params.pop(name)
                self.used_parameters[name] = str(value[-1] if isinstance(value, list) else value).strip()

    def expected_parameters(self) -> list[str | None]:
        """Return the names of the parameters."""
        return [name for name, _, _ in self.fields]

    def has_output(self) -> bool:
        """Always show the fields."""
        return True

    def choices(self, changelist: Any) -> Any:
        """Return what the template draws: the fields, and what else the address carries."""
        mine = {*self.expected_parameters(), "p"}
        yield {
            "fields": [
                {"name": name, "label": label, "type": kind, "value": self.used_parameters.get(name, "")}
                for name, label, kind in self.fields
            ],
            "others": [
                (name, one)
                for name, values in changelist.get_filters_params().items()
                if name not in mine
                for one in (values if isinstance(values, list) else [values])
            ],
            "query": changelist.query,
            "is_used": any(self.used_parameters.values()),
            "without": changelist.get_query_string(remove=self.expected_parameters()),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what was asked for."""
        for name, value in self.used_parameters.items():
            if value:
                queryset = self.narrow(queryset, name, str(value))
        return queryset

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what the field `name` asks for with `value`."""
        raise NotImplementedError


class BusinessFilter(TypedFilter):
    """By the name of the business, or its address."""

    title = "business"
    fields = (("business", "Name or schema", "search"),)

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the entries of businesses called like this, now or then."""
        return queryset.filter(
            Q(tenant_label__icontains=value) | Q(tenant__name__icontains=value) | Q(tenant__schema_name=value)
        )


class ActorFilter(TypedFilter):
    """By who did it."""

    title = "person"
    fields = (("actor", "E-mail address", "search"),)

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what was done by, or in the place of, people with such an address."""
        return queryset.filter(Q(actor_label__icontains=value) | Q(actor__email__icontains=value))


class ImpersonatorFilter(TypedFilter):
    """By who did it in somebody's place."""

    title = "support"
    fields = (("impersonator", "E-mail address, or * for anybody", "search"),)

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what such people of support did in others' place."""
        if value == "*":
            return queryset.exclude(impersonator_label="")
        return queryset.filter(impersonator_label__icontains=value)


class DayFilter(TypedFilter):
    """By day, the first and the last included."""

    title = "day (UTC)"
    fields = (("from", "From", "date"), ("to", "To", "date"))

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what was done since a day, or until its end. What is no day changes nothing."""
        try:
            day = date.fromisoformat(value)
            start = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
            return queryset.filter(at__gte=start) if name == "from" else queryset.filter(at__lt=start + timedelta(1))
        except (ValueError, OverflowError):
            return queryset


class ActionFilter(SimpleListFilter):
    """By what was done: groups are the words before the dot."""

    title = "action"
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Offer the groups that occur."""
        return [(group, group.replace("_", " ")) for group in sorted(_groups())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the group."""
        group = self.value()
        return queryset.filter(Q(action=group) | Q(action__startswith=f"{group}.")) if group else queryset


def _groups() -> set[str]:
    """Return the groups that occur, by skipping through the index on actions."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIONS)
        return {str(action).partition(".")[0] for (action,) in cursor.fetchall()}
