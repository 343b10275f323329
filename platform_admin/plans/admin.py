"""Plans in the back office: edited with their consequences in sight, copied, archived."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html

from core.impact import impact_of_plan
from core.models import PlanRequest, PlanRequestState
from core.plans import TERMS, archive_plan, bring_back_plan, duplicate_plan, save_plan
from core.versions import version_of
from platform_admin.models import SubscriptionPlan
from platform_admin.pages import ConfirmationNeeded, ObjectPages, signed_in_user, typed
from platform_admin.plans.form import PlanForm
from platform_admin.selectors.standings import counts_of_plan

CONFIRMED = "_confirmed"


@admin.register(SubscriptionPlan)
class SubscriptionPlanAdmin(ObjectPages):
    """Plans. Whatever changes what businesses may do is shown before it is saved."""

    form = PlanForm
    change_form_template = "platform_admin/plans/form.html"
    fieldsets = (
        (None, {"fields": ("name", "code", "description", "price_cents", "sort_order", "is_public")}),
        (
            "Edit as JSON",
            {
                "classes": ("collapse", "plan-json"),
                "fields": ("permissions", "limits"),
                "description": "The same terms as above. What you change here counts as what you change there does; "
                "a key that is changed to two different things is refused.",
            },
        ),
    )
    list_display = ("name", "code", "price_cents", "businesses", "sort_order", "is_public", "is_active")
    list_filter = ("is_public", "is_active")
    search_fields = ("name", "code")
    ordering = ("sort_order", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Plans are archived, not deleted: businesses hold them."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubscriptionPlan]:
        """Return the plans with the number of businesses on each."""
        plans: QuerySet[SubscriptionPlan] = super().get_queryset(request)
        return plans.annotate(business_count=Count("tenants"))

    @admin.display(description="businesses", ordering="business_count")
    def businesses(self, plan: Any) -> str:
        """Link to the businesses on the plan."""
        return format_html('<a href="{}">{}</a>', _businesses_on(plan), plan.business_count)

    def get_urls(self) -> list[URLPattern]:
        """Add the pages beside the form."""
        return [
            self.own_path("duplicate", self.duplicate_view),
            self.own_path("archive", self.archive_view),
            self.own_path("bring-back", self.bring_back_view),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form; what changes the businesses on the plan is shown and asked about first."""
        try:
            with transaction.atomic():
                if request.method == "POST" and object_id and object_id.isdecimal():
                    # Until this is saved nobody else changes it, so that what the form compares stays true.
                    SubscriptionPlan.objects.select_for_update(no_key=True).filter(pk=object_id).first()
                extra = {**(extra_context or {}), "businesses_url": _businesses_on(object_id)}
                return super().changeform_view(request, object_id, form_url, extra)
        except ConfirmationNeeded as needed:
            return self.page(request, "platform_admin/plans/confirm.html", **needed.context)
        except IntegrityError:
            self.message_user(request, "Somebody else took this code a moment ago. Choose another.", messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Save the plan with its audit entry. Raises ConfirmationNeeded as long as the consequences were not seen."""
        terms = {term: form.cleaned_data[term] for term in TERMS}
        digest = version_of({"seen": form.cleaned_data["seen"], **terms})
        if change and request.POST.get(CONFIRMED) != digest:
            self._show_consequences(request, obj, terms, digest)
        save_plan(plan=obj, seen=form.cleaned_data["seen"] if change else None, by=signed_in_user(request))

    def _show_consequences(self, request: HttpRequest, obj: Any, terms: dict[str, Any], digest: str) -> None:
        stored: Any = SubscriptionPlan.objects.annotate(business_count=Count("tenants")).get(pk=obj.pk)
        if not stored.business_count or all(getattr(stored, term) == new for term, new in terms.items()):
            return
        raise ConfirmationNeeded(
            obj=stored,
            title=f"Change {stored.name} for {_businesses(stored.business_count)}?",
            impact=impact_of_plan(plan=stored, **terms, counts=counts_of_plan(stored), now=timezone.now()),
            sent=[
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in {CONFIRMED, "csrfmiddlewaretoken"}
            ],
            confirmed_name=CONFIRMED,
            confirmed=digest,
        )

    def duplicate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Copy the plan and open the copy's form."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        plan = self.object_for(request, object_id, may=lambda request, obj=None: self.has_add_permission(request))
        copy = duplicate_plan(plan=plan, by=signed_in_user(request))
        self.message_user(request, f"{copy.name} was made. Nobody can choose it until it is public.", messages.SUCCESS)
        return self.back_to(copy)

    def archive_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what archiving does, and do it once that was confirmed."""
        plan = self.object_for(request, object_id, may=self.has_change_permission)
        if request.method == "POST":
            return self.act(request, plan, lambda: self._archive(request, plan))
        return self.page(
            request,
            "platform_admin/plans/archive.html",
            plan,
            f"Archive {plan.name}?",
            open_requests=PlanRequest.objects.filter(plan_id=plan.pk, state=PlanRequestState.OPEN).select_related(
                "tenant"
            ),
        )

    def _archive(self, request: HttpRequest, plan: SubscriptionPlan) -> str:
        reason = typed(request.POST, "reason")
        declined = archive_plan(plan=plan, reason=reason, by=signed_in_user(request))
        return f"{plan.name} is archived." + (f" Open requests that were declined: {declined}." if declined else "")

    def bring_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put an archived plan back into use."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        plan = self.object_for(request, object_id, may=self.has_change_permission)

        def bring_back() -> str:
            bring_back_plan(plan=plan, by=signed_in_user(request))
            return f"{plan.name} can be given again."

        return self.act(request, plan, bring_back)


def _businesses(count: int) -> str:
    return "1 business" if count == 1 else f"{count} businesses"


def _businesses_on(plan: Any) -> str:
    key = plan.pk if isinstance(plan, SubscriptionPlan) else plan
    return f"{reverse('admin:core_tenant_changelist')}?plan__id__exact={key}"
