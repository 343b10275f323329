import { Button } from "@mantine/core";
import CloudOffIcon from "lucide-react/icons/cloud-off";

import { ApiError } from "@/api/api-error";
import { text } from "@/text";

import { EmptyState } from "../EmptyState";

interface ErrorStateProps {
  error: Error;
  onRetry: () => void;
}

/** Takes the place of what could not be loaded, and tries again on request. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  return (
    <EmptyState
      icon={<CloudOffIcon aria-hidden size={22} />}
      heading={text.errors.heading}
      role="alert"
      action={
        <Button variant="default" onClick={onRetry}>
          {text.retry}
        </Button>
      }
    >
      {error instanceof ApiError ? error.message : text.errors.unexpected}
    </EmptyState>
  );
}
