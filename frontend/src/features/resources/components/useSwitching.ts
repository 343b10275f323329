import { useState } from "react";

import { ApiError } from "@/api/api-error";
import type { Resource } from "@/api/shapes";
import { text } from "@/text";
import type { Question } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useChangeResource } from "../queries";

/** Switches a resource off and on. Where appointments with it lie ahead it asks what to do about them. */
export function useSwitching({ id, name }: Resource) {
  const change = useChangeResource();
  const [question, setQuestion] = useState<Question | null>(null);
  const tell = (error: Error) => {
    notifyFailure(text.resources.notChanged(name), error.message);
  };
  const switchOn = () => {
    const onSuccess = () => {
      notifyDone(text.resources.switchedOn(name));
    };
    change.mutate({ id, changes: { is_active: true } }, { onSuccess, onError: tell });
  };
  const switchOff = (force: boolean) => {
    const onSuccess = () => {
      setQuestion(null);
      notifyDone(text.resources.switchedOff(name), switchOn);
    };
    const onError = (error: Error) => {
      if (isAboutAppointments(error)) setQuestion(questionAbout(name, error));
      else tell(error);
    };
    change.mutate({ id, changes: { is_active: false }, force }, { onSuccess, onError });
  };
  return {
    switchOn,
    switchOff: () => {
      switchOff(false);
    },
    dialog: {
      question,
      isBusy: change.isPending,
      onNo: () => {
        setQuestion(null);
      },
      onYes: () => {
        switchOff(true);
      },
    },
  };
}

function isAboutAppointments(error: Error): error is ApiError {
  return error instanceof ApiError && error.code === "has_future_appointments";
}

function questionAbout(name: string, { body: { count } }: ApiError): Question {
  const { heading, ahead, unknownAhead, yes, no } = text.resources.off;
  return { heading: heading(name), body: typeof count === "number" ? ahead(count) : unknownAhead, yes, no };
}
