import { Alert, Text } from "@mantine/core";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";

import { calendarSync as syncText } from "@/text/calendarSync";

const words = syncText.arrival;

/** Says why an account is not connected that somebody gave consent for, or did not. */
export function ArrivalProblem({ code, onClose }: { code: string; onClose: () => void }) {
  return (
    <Alert
      color="red"
      role="alert"
      mb="lg"
      icon={<TriangleAlertIcon aria-hidden size={18} />}
      title={words.headings[code] ?? words.heading}
      withCloseButton
      closeButtonLabel={words.dismiss}
      onClose={onClose}
    >
      <Text size="sm">{words.errors[code] ?? words.unknown}</Text>
    </Alert>
  );
}
