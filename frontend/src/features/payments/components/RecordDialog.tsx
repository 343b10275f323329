import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { appointmentQuery } from "@/booking/queries";
import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { FormDialog } from "@/ui/FormDialog";

import { AppointmentField } from "./AppointmentField";
import { RecordForm } from "./RecordForm";

interface RecordDialogProps {
  /** The appointment that was paid; "new" while it is to be chosen, empty while the dialog is closed. */
  wanted: string;
  onClose: () => void;
}

/** Recording what a customer paid for an appointment. */
export function RecordDialog({ wanted, onClose }: RecordDialogProps) {
  const [last, setLast] = useState(wanted);
  if (wanted !== "" && wanted !== last) setLast(wanted);
  return (
    <FormDialog opened={wanted !== ""} onClose={onClose} heading={text.payments.recording.heading}>
      {last === "new" ? <Unknown onDone={onClose} /> : <Known key={last} id={last} onDone={onClose} />}
    </FormDialog>
  );
}

/** The appointment is known from where the dialog was opened. */
function Known({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: appointment, error, refetch } = useQuery(appointmentQuery(id));
  if (appointment) return <RecordForm appointment={appointment} onDone={onDone} />;
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton h={320} />;
}

function Unknown({ onDone }: { onDone: () => void }) {
  const [appointment, setAppointment] = useState<Appointment | null>(null);
  return (
    <RecordForm
      appointment={appointment}
      choose={(error) => <AppointmentField appointment={appointment} error={error} onChange={setAppointment} />}
      onDone={onDone}
    />
  );
}
