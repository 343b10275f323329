import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useViewer } from "@/api/viewer";

import { lastRequestQuery } from "../queries";

export interface Asking {
  /** The plan the dialog asks about, null while it is closed. */
  asked: string | null;
  /** The plan that was asked for and not decided about. */
  requested: string | null;
  /** Opens the dialog; missing for those who cannot ask: only owners can, and only for one plan at a time. */
  ask: ((plan: string) => void) | undefined;
  close: () => void;
}

/** Keeps which plan is asked for, and whether the viewer can ask for one. */
export function useAsking(): Asking {
  const { user } = useViewer();
  const isOwner = user.role === "owner";
  const { data: request } = useQuery({ ...lastRequestQuery, enabled: isOwner });
  const [asked, setAsked] = useState<string | null>(null);
  const isOpen = request?.state === "open";
  return {
    asked,
    requested: isOpen ? request.plan : null,
    ask: isOwner && !isOpen ? setAsked : undefined,
    close: () => setAsked(null),
  };
}
