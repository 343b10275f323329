import { useQuery } from "@tanstack/react-query";

import { resourcesQuery } from "@/api/scheduling";
import type { Resource, Slot } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { addDays } from "@/time/dates";
import { dateIn } from "@/time/zone";

import { availabilityQuery } from "./queries";

const MOST_OFFERED = 5;

export interface Alternative {
  startAt: Date;
  /** Who would take it, null while that is not known. */
  resource: Resource | null;
}

interface Refused {
  serviceId: number;
  wanted: Date;
  /** Who or what was asked for; empty for any. */
  resourceIds: readonly number[];
  /** The next free starts, as the server says. */
  starts: readonly Date[];
}

/**
 * Returns what to offer in place of a taken time: first the same time with others, then the next free times. Undefined
 * until all of it is known: what is offered must not change under the finger.
 */
export function useAlternatives({ serviceId, wanted, resourceIds, starts }: Refused): Alternative[] | undefined {
  const { business } = useViewer();
  const { data: resources = [], isPending: areResourcesPending } = useQuery(resourcesQuery);
  const from = dateIn(wanted, business.timezone);
  const last = dateIn(starts.at(-1) ?? wanted, business.timezone);
  const to = last < addDays(from, 14) ? last : from;
  const { data: slots, isPending } = useQuery({
    ...availabilityQuery({ serviceId, from, to: to < from ? from : to }),
    select: ({ days }) => days.flatMap((day) => day.slots),
  });
  if (isPending || areResourcesPending) return undefined;
  return alternativesAmong({ wanted, resourceIds, starts, slots: slots ?? [], resources });
}

interface Known extends Omit<Refused, "serviceId"> {
  slots: readonly Slot[];
  resources: readonly Resource[];
}

export function alternativesAmong({ wanted, resourceIds, starts, slots, resources }: Known): Alternative[] {
  const ableAt = (startAt: Date) => {
    const slot = slots.find(({ start }) => Date.parse(start) === startAt.getTime());
    return resources.filter(({ id }) => slot?.resource_ids.includes(id)).sort(peopleFirst);
  };
  const asked = (resource: Resource) => resourceIds.includes(resource.id);
  const kind = resources.find(asked)?.type;
  const sameTime = ableAt(wanted)
    .filter((resource) => !asked(resource) && (kind === undefined || resource.type === kind))
    .map((resource) => ({ startAt: wanted, resource }));
  const later = starts.map((startAt) => {
    const able = ableAt(startAt);
    return { startAt, resource: able.find(asked) ?? (resourceIds.length === 0 ? (able[0] ?? null) : null) };
  });
  return [...sameTime.slice(0, 2), ...later].slice(0, MOST_OFFERED);
}

const peopleFirst = (a: Resource, b: Resource) => Number(b.type === "staff") - Number(a.type === "staff");
