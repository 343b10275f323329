import { queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import type { Appointment } from "@/api/shapes";
import { isOpen } from "@/booking/acts";
import { appointmentsKey } from "@/booking/queries";
import type { Day } from "@/time/zone";

const NEXT_LOOKED_AT = 20;

/** The first open appointment after a day, null when there is none soon. */
export const nextQuery = ({ date, endAt }: Day) =>
  queryOptions({
    queryKey: [...appointmentsKey, "after", date],
    queryFn: async ({ signal }): Promise<Appointment | null> => {
      const query = { start_after: endAt.toISOString(), page_size: NEXT_LOOKED_AT };
      const { results } = await bodyOf(api.GET("/api/appointments/", { params: { query }, signal }));
      return results.find(isOpen) ?? null;
    },
  });
