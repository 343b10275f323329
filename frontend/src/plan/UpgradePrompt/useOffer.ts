import type { FeatureEntry } from "@/api/shapes";
import { useViewer, type Viewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";

import type { FeatureKey } from "../keys";
import { usePlanFeatures } from "../usePlanFeatures";

/** What is told about a locked feature, and the way on for those who can take it. */
export interface Offer {
  heading: string;
  body: string | null;
  action: { label: string; url: string } | null;
}

/** Returns what to tell the viewer about a locked feature: owners are shown the way, others whom to ask. */
export function useOffer(key: FeatureKey): Offer {
  const viewer = useViewer();
  const { explain } = usePlanFeatures();
  return offerFor(explain(key) ?? unknown(key), viewer);
}

function offerFor({ name, source, upgrade }: FeatureEntry, { user, business }: Viewer): Offer {
  const isOwner = user.role === "owner";
  if (source === "suspended") {
    return {
      heading: text.upgrade.suspendedHeading(name),
      body: isOwner ? text.upgrade.suspended : text.upgrade.suspendedAskOwner(business.name),
      action: isOwner ? { label: text.upgrade.toPlan, url: paths.plan } : null,
    };
  }
  if (source === "override") {
    return { heading: text.upgrade.switchedOffHeading(name), body: text.upgrade.switchedOff, action: null };
  }
  if (upgrade === null) {
    return { heading: text.upgrade.notInPlan(name), body: text.upgrade.noPlanHasIt, action: null };
  }
  return {
    heading: text.upgrade.comesWith(name, upgrade.name),
    body: isOwner ? null : text.upgrade.askOwner(business.name),
    action: isOwner ? { label: text.upgrade.how, url: upgrade.url } : null,
  };
}

/** A key the server did not declare is locked, and nothing is known to unlock it. */
function unknown(key: FeatureKey): FeatureEntry {
  return { name: key, summary: "", allowed: false, source: "unknown_feature", upgrade: null };
}
