import { Button, Group } from "@mantine/core";

import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { FormDialog } from "@/ui/FormDialog";

import { labelOf } from "../names";
import { CalendarChoices } from "./CalendarChoices";

interface CalendarsDialogProps {
  connection: CalendarConnection;
  isOpen: boolean;
  onClose: () => void;
}

/** The calendars of an account that is connected. */
export function CalendarsDialog({ connection, isOpen, onClose }: CalendarsDialogProps) {
  return (
    <FormDialog opened={isOpen} onClose={onClose} heading={syncText.calendars.heading(labelOf(connection))}>
      <CalendarChoices connection={connection} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{syncText.connecting.done}</Button>
      </Group>
    </FormDialog>
  );
}
