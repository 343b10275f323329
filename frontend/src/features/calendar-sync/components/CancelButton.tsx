import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { CancelQuestion } from "@/booking/components/CancelQuestion";
import { useAct } from "@/booking/mutations";
import { appointmentQuery } from "@/booking/queries";
import { calendarSync as syncText } from "@/text/calendarSync";
import { notifyFailure } from "@/ui/notifyFailure";

interface CancelButtonProps {
  appointmentId: string;
  label: string;
  /** What the button does, to whose appointment. */
  name: string;
  now: Date;
}

/** Cancels an appointment the way it is done elsewhere: asks why, and lets it be taken back. */
export function CancelButton({ appointmentId, label, name, now }: CancelButtonProps) {
  const client = useQueryClient();
  const { mutate } = useAct();
  const [asked, setAsked] = useState<{ appointment: Appointment; isOpen: boolean } | null>(null);
  const ask = async () => {
    try {
      const appointment = await client.query({ ...appointmentQuery(appointmentId), staleTime: 0 });
      setAsked({ appointment, isOpen: true });
    } catch (error) {
      notifyFailure(syncText.unwritten.failed, error instanceof Error ? error.message : "");
    }
  };
  return (
    <>
      <Button variant="subtle" color="gray" size="sm" aria-label={name} onClick={() => void ask()}>
        {label}
      </Button>
      {asked && (
        <CancelQuestion
          appointment={asked.appointment}
          now={now}
          isOpen={asked.isOpen}
          onClose={() => setAsked({ ...asked, isOpen: false })}
          onYes={(reason) => mutate({ appointment: asked.appointment, act: "cancel", reason })}
        />
      )}
    </>
  );
}
