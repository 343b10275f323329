import { useState } from "react";

import { ApiError } from "@/api/api-error";
import type { Resource } from "@/api/shapes";
import { text } from "@/text";
import type { Question } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useDeleteResource } from "../queries";

interface After {
  onSwitchOff: () => void;
  onDeleted: () => void;
}

/** Deletes a resource, having asked. One that was booked stays: it can be switched off instead. */
export function useRemoval({ id, name, is_active: isActive = true }: Resource, { onSwitchOff, onDeleted }: After) {
  const remove = useDeleteResource();
  const [step, setStep] = useState<"ask" | "in-use" | null>(null);
  const close = () => {
    setStep(null);
  };
  const send = () => {
    remove.mutate(id, {
      onSuccess: () => {
        close();
        notifyDone(text.resources.delete.done(name));
        onDeleted();
      },
      onError: (error) => {
        const isInUse = error instanceof ApiError && error.code === "in_use";
        setStep(isInUse ? "in-use" : null);
        if (!isInUse) notifyFailure(text.resources.notChanged(name), error.message);
      },
    });
  };
  return {
    ask: () => {
      setStep("ask");
    },
    dialog: {
      question: step && (step === "ask" ? asking(name) : inUse(name, isActive)),
      isBusy: remove.isPending,
      onNo: close,
      onYes: () => {
        if (step === "ask") {
          send();
          return;
        }
        close();
        onSwitchOff();
      },
    },
  };
}

function asking(name: string): Question {
  const { heading, body, yes, no } = text.resources.delete;
  return { heading: heading(name), body, yes, no, isGrave: true };
}

function inUse(name: string, isActive: boolean): Question {
  const { inUseHeading, inUse, inUseOff, close } = text.resources.delete;
  return isActive
    ? { heading: inUseHeading(name), body: inUse, yes: text.resources.switchOff, no: close }
    : { heading: inUseHeading(name), body: inUseOff, no: close };
}
