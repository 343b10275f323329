import CalendarCheckIcon from "lucide-react/icons/calendar-check";
import CalendarDaysIcon from "lucide-react/icons/calendar-days";
import CalendarSyncIcon from "lucide-react/icons/calendar-sync";
import ChartColumnIcon from "lucide-react/icons/chart-column";
import CircleUserIcon from "lucide-react/icons/circle-user-round";
import ClockIcon from "lucide-react/icons/clock";
import ContactIcon from "lucide-react/icons/contact";
import CreditCardIcon from "lucide-react/icons/credit-card";
import FolderDownIcon from "lucide-react/icons/folder-down";
import GaugeIcon from "lucide-react/icons/gauge";
import KeyIcon from "lucide-react/icons/key-round";
import ListChecksIcon from "lucide-react/icons/list-checks";
import PrinterIcon from "lucide-react/icons/printer";
import TagIcon from "lucide-react/icons/tag";
import UserCogIcon from "lucide-react/icons/user-cog";
import UsersIcon from "lucide-react/icons/users";
import type { ComponentType } from "react";

import { type Path, paths } from "@/paths";

interface Screen {
  path: Path;
  icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  lazy: () => Promise<{ Component: ComponentType }>;
}

/** The screens behind the sign-in. The router is made from this table, and the navigation shows nothing else. */
export const screens: readonly Screen[] = [
  { path: paths.today, icon: CalendarCheckIcon, lazy: () => import("@/features/today/screen") },
  { path: paths.calendar, icon: CalendarDaysIcon, lazy: () => import("@/features/calendar/screen") },
  { path: paths.daySheet, icon: PrinterIcon, lazy: () => import("@/features/calendar/day-sheet-screen") },
  { path: paths.appointments, icon: ListChecksIcon, lazy: () => import("@/features/appointments/screen") },
  { path: paths.resources, icon: UsersIcon, lazy: () => import("@/features/resources/screen") },
  { path: paths.openingHours, icon: ClockIcon, lazy: () => import("@/features/resources/hours-screen") },
  { path: paths.resource, icon: UsersIcon, lazy: () => import("@/features/resources/resource-screen") },
  { path: paths.services, icon: TagIcon, lazy: () => import("@/features/services/screen") },
  { path: paths.newService, icon: TagIcon, lazy: () => import("@/features/services/new-screen") },
  { path: paths.service, icon: TagIcon, lazy: () => import("@/features/services/service-screen") },
  { path: paths.analytics, icon: ChartColumnIcon, lazy: () => import("@/features/analytics/screen") },
  { path: paths.customers, icon: ContactIcon, lazy: () => import("@/features/customers/screen") },
  { path: paths.customer, icon: ContactIcon, lazy: () => import("@/features/customers/customer-screen") },
  { path: paths.payments, icon: CreditCardIcon, lazy: () => import("@/features/payments/screen") },
  { path: paths.plan, icon: GaugeIcon, lazy: () => import("@/features/plan-settings/screen") },
  { path: paths.team, icon: UserCogIcon, lazy: () => import("@/features/team/screen") },
  { path: paths.profile, icon: CircleUserIcon, lazy: () => import("@/features/profile/screen") },
  { path: paths.apiTokens, icon: KeyIcon, lazy: () => import("@/features/api-tokens/screen") },
  { path: paths.calendarSync, icon: CalendarSyncIcon, lazy: () => import("@/features/calendar-sync/screen") },
  { path: paths.dataExport, icon: FolderDownIcon, lazy: () => import("@/features/data-export/screen") },
];
