import { type Path, paths } from "@/paths";
import type { FeatureKey } from "@/plan/keys";

/** Where a feature that plans may include is used. */
export interface FeatureModule {
  path: Path;
}

/** Every feature with its screen; `null` says that it has none in this build yet. A forgotten one does not compile. */
const features = {
  can_api_access: { path: paths.apiTokens },
  advanced_reporting: null,
  can_export_data: { path: paths.dataExport },
  can_use_calendar_sync: { path: paths.calendarSync },
  can_use_webhooks: null,
  can_create_plugins: null,
  can_use_sms_reminders: null,
  can_use_masked_phone_numbers: null,
  can_use_custom_domain: null,
  can_white_label: null,
  can_accept_payments: { path: paths.payments },
  advanced_analytics: { path: paths.analytics },
} satisfies Record<FeatureKey, FeatureModule | null>;

/** Returns where the feature is used, undefined for one without a screen in this build. */
export function placeOf(key: FeatureKey): Path | undefined {
  return features[key]?.path;
}
