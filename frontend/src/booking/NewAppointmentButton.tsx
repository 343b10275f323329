import PlusIcon from "lucide-react/icons/plus";

import { QuotaButton } from "@/plan/QuotaButton";
import { text } from "@/text";

import { type Prefill, useBookingDesk } from "./desk";

/** Opens the dialog that books; says how many appointments the plan has room for once that matters. */
export function NewAppointmentButton({ prefill }: { prefill?: Prefill | undefined }) {
  const { book } = useBookingDesk();
  return (
    <QuotaButton
      quota="max_appointments"
      leftSection={<PlusIcon aria-hidden size={16} />}
      onClick={() => {
        book(prefill);
      }}
    >
      {text.booking.newAppointment}
    </QuotaButton>
  );
}
