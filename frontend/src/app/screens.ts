import CalendarCheckIcon from "lucide-react/icons/calendar-check";
import GaugeIcon from "lucide-react/icons/gauge";
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
  { path: paths.plan, icon: GaugeIcon, lazy: () => import("@/features/plan-settings/screen") },
];
