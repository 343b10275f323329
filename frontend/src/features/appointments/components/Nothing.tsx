import { Button } from "@mantine/core";
import CalendarPlusIcon from "lucide-react/icons/calendar-plus";
import SearchXIcon from "lucide-react/icons/search-x";

import { NewAppointmentButton } from "@/booking/NewAppointmentButton";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";

interface NothingProps {
  isFiltered: boolean;
  onClear: () => void;
}

/** Takes the place of a list without rows: nothing matches, or nothing is booked. */
export function Nothing({ isFiltered, onClear }: NothingProps) {
  if (!isFiltered) {
    return (
      <EmptyState
        icon={<CalendarPlusIcon aria-hidden size={22} />}
        heading={text.appointments.emptyHeading}
        action={<NewAppointmentButton />}
      >
        {text.appointments.empty}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchXIcon aria-hidden size={22} />}
      heading={text.appointments.nothingHeading}
      action={
        <Button variant="default" onClick={onClear}>
          {text.appointments.filters.clear}
        </Button>
      }
    >
      {text.appointments.nothing}
    </EmptyState>
  );
}
