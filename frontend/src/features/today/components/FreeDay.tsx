import { useQuery } from "@tanstack/react-query";
import CoffeeIcon from "lucide-react/icons/coffee";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, longDate } from "@/time/format";
import type { Day } from "@/time/zone";
import { EmptyState } from "@/ui/EmptyState";

import { nextQuery } from "../queries";

/** A day without appointments, and when it goes on. */
export function FreeDay({ day }: { day: Day }) {
  const { business } = useViewer();
  const { data: next } = useQuery(nextQuery(day));
  return (
    <EmptyState icon={<CoffeeIcon aria-hidden size={22} />} heading={text.today.emptyHeading}>
      {next ? goesOn(next, business.timezone) : text.today.empty}
    </EmptyState>
  );
}

function goesOn({ start_at, customer_name }: Appointment, zone: string): string {
  const startAt = new Date(start_at);
  return text.today.next(longDate(startAt, zone), clockTime(startAt, zone), customer_name);
}
