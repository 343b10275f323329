import { Button } from "@mantine/core";
import ChartColumnIcon from "lucide-react/icons/chart-column";

import type { StatisticsFilter } from "@/api/analytics";
import { analytics } from "@/text/analytics";
import { EmptyState } from "@/ui/EmptyState";

import { isNarrowed } from "../filters";

interface NoAppointmentsProps {
  filter: StatisticsFilter;
  onReset: () => void;
  onLonger: () => void;
}

const LONG_DAYS = 365;
const words = analytics.appointments;

/** Nothing to count, and what may help. */
export function NoAppointments({ filter, onReset, onLonger }: NoAppointmentsProps) {
  const narrowed = isNarrowed(filter);
  const isShort = filter.days < LONG_DAYS;
  const action = narrowed ? (
    <Button variant="default" onClick={onReset}>
      {analytics.filters.reset}
    </Button>
  ) : (
    isShort && (
      <Button variant="default" onClick={onLonger}>
        {words.longer}
      </Button>
    )
  );
  return (
    <EmptyState icon={<ChartColumnIcon aria-hidden size={22} />} heading={words.emptyHeading} action={action}>
      {narrowed ? words.emptyNarrowed : isShort ? words.emptyShort : words.empty}
    </EmptyState>
  );
}
