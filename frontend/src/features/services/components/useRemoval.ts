import { useState } from "react";

import { ApiError } from "@/api/api-error";
import type { Service } from "@/api/shapes";
import { services as servicesText } from "@/text/services";
import type { Question } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useDeleteService } from "../queries";

interface After {
  onSwitchOff: () => void;
  onDeleted: () => void;
}

/** Deletes a service, having asked. One that was booked stays: it can be taken off offer instead. */
export function useRemoval({ id, name, is_active: isActive = true }: Service, { onSwitchOff, onDeleted }: After) {
  const [step, setStep] = useState<"ask" | "in-use" | null>(null);
  const close = () => {
    setStep(null);
  };
  const remove = useDeleteService(() => {
    close();
    notifyDone(servicesText.delete.done(name));
    onDeleted();
  });
  const send = () => {
    remove.mutate(id, {
      onError: (error) => {
        const isInUse = error instanceof ApiError && error.code === "in_use";
        setStep(isInUse ? "in-use" : null);
        if (!isInUse) notifyFailure(servicesText.notChanged(name), error.message);
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
  const { heading, body, yes, no } = servicesText.delete;
  return { heading: heading(name), body, yes, no, isGrave: true };
}

function inUse(name: string, isActive: boolean): Question {
  const { inUseHeading, inUse, inUseOff, close } = servicesText.delete;
  return isActive
    ? { heading: inUseHeading(name), body: inUse, yes: servicesText.switchOff, no: close }
    : { heading: inUseHeading(name), body: inUseOff, no: close };
}
