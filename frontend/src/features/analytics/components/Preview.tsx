import { analytics } from "@/text/analytics";

import { sampleAppointments } from "../sample";
import { AppointmentsOverTime } from "./AppointmentsOverTime";
import { AppointmentTiles } from "./AppointmentTiles";
import { Section } from "./Section";

/** The head of the screen with the figures of nobody; it asks for nothing. */
export function Preview() {
  const filter = { days: sampleAppointments.period_days };
  return (
    <Section heading={analytics.appointments.heading}>
      <AppointmentTiles statistics={sampleAppointments} before={undefined} filter={filter} />
      <AppointmentsOverTime statistics={sampleAppointments} filter={filter} />
    </Section>
  );
}
