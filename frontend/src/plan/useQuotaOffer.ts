import type { QuotaEntry } from "@/api/shapes";
import { useViewer, type Viewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";

import type { QuotaKey } from "./keys";
import type { Offer } from "./UpgradePrompt/useOffer";
import { usePlanFeatures } from "./usePlanFeatures";

/** Returns what to tell whoever wants to add to a quota without room, null while there is room. */
export function useQuotaOffer(key: QuotaKey): Offer | null {
  const viewer = useViewer();
  const { quota, isSuspended } = usePlanFeatures();
  const entry = quota(key);
  if (isSuspended) return suspendedOffer(entry?.name ?? key, viewer);
  if (entry === undefined || !["reached", "over"].includes(entry.state)) return null;
  return fullOffer(entry, viewer);
}

function suspendedOffer(name: string, { user, business }: Viewer): Offer {
  const isOwner = user.role === "owner";
  return {
    heading: text.upgrade.suspendedHeading(name),
    body: isOwner ? text.upgrade.suspended : text.upgrade.suspendedAskOwner(business.name),
    action: isOwner ? { label: text.upgrade.toPlan, url: paths.plan } : null,
  };
}

function fullOffer(entry: QuotaEntry, { user, business }: Viewer): Offer {
  const { name, limit, window, upgrade } = entry;
  const isOwner = user.role === "owner";
  const more = upgrade && (isOwner ? text.quota.moreWith(upgrade.name) : text.upgrade.askOwner(business.name));
  const makeRoom = window === "total" && limit !== 0 && text.quota.makeRoom;
  return {
    heading: limit === 0 || limit === null ? text.quota.noneInPlan(name) : text.quota.allUsed(limit, name),
    body: [more, makeRoom].filter(Boolean).join(" ") || null,
    action: isOwner && upgrade ? { label: text.upgrade.how, url: upgrade.url } : null,
  };
}
