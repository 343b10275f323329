"""Django admin on the platform's address."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from platform_admin.audit_log.admin import AuditEntryAdmin as AuditEntryAdmin
from platform_admin.lifecycle.build_admin import TenantBuildAdmin as TenantBuildAdmin
from platform_admin.lifecycle.deletion_admin import TenantDeletionAdmin as TenantDeletionAdmin
from platform_admin.plan_requests import PlanRequestAdmin as PlanRequestAdmin
from platform_admin.plans.admin import SubscriptionPlanAdmin as SubscriptionPlanAdmin
from platform_admin.support.acting import MembershipAdmin as MembershipAdmin
from platform_admin.support.acting import SupportAccessAdmin as SupportAccessAdmin
from platform_admin.support.lockouts import LockoutAdmin as LockoutAdmin
from platform_admin.support.people import ApiTokenAdmin as ApiTokenAdmin
from platform_admin.support.people import UserAdmin as UserAdmin
from platform_admin.tenants.admin import TenantAdmin as TenantAdmin

# Their pages show secrets, and would let one person make a second factor for another.
admin.site.unregister((StaticDevice, TOTPDevice))
