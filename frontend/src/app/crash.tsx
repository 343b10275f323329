import { Button } from "@mantine/core";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";

import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";

/** Takes the place of a screen that broke, or whose code could not be loaded (a new version was put in place). */
export function Crash() {
  return (
    <EmptyState
      level={1}
      role="alert"
      icon={<TriangleAlertIcon aria-hidden size={22} />}
      heading={text.errors.crashHeading}
      action={
        <Button
          onClick={() => {
            window.location.reload();
          }}
        >
          {text.errors.reload}
        </Button>
      }
    >
      {text.errors.crash}
    </EmptyState>
  );
}
