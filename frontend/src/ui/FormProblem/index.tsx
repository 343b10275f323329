import { Text } from "@mantine/core";
import CircleAlertIcon from "lucide-react/icons/circle-alert";

import { ApiError } from "@/api/api-error";
import { text } from "@/text";

import classes from "./styles.module.css";

interface FormProblemProps {
  heading: string;
  error: Error;
  /** How many seconds the server asks to wait. */
  waitSeconds: number;
}

/** Says, above a form, why what was sent did not work. */
export function FormProblem({ heading, error, waitSeconds }: FormProblemProps) {
  return (
    <div role="alert" className={classes.problem}>
      <CircleAlertIcon aria-hidden size={18} className={classes.icon} />
      <div>
        <Text fw={600} size="sm" className={classes.heading}>
          {heading}
        </Text>
        <Text size="sm">
          {error instanceof ApiError ? error.message : text.errors.unexpected}{" "}
          {waitSeconds > 0 && <span aria-live="off">{waitText(waitSeconds)}</span>}
        </Text>
      </div>
    </div>
  );
}

function waitText(seconds: number): string {
  return seconds > 90 ? text.errors.waitMinutes(Math.ceil(seconds / 60)) : text.errors.waitSeconds(seconds);
}
