import type { ApiToken } from "@/api/shapes";
import { apiTokens as tokensText } from "@/text/apiTokens";
import { AskDialog } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useRevokeToken } from "../queries";
import { nameOf } from "./TokenTable";

interface RevokeDialogProps {
  /** Null while nothing is to be revoked. */
  token: ApiToken | null;
  onClose: () => void;
}

/** Asks before a token is revoked, for what uses it stops working at once. */
export function RevokeDialog({ token, onClose }: RevokeDialogProps) {
  const revoke = useRevokeToken();
  const { heading, ...words } = tokensText.ask;
  const act = (chosen: ApiToken) => {
    const name = nameOf(chosen);
    revoke.mutate(chosen, {
      onSuccess: () => notifyDone(tokensText.revoked(name)),
      onError: (error) => notifyFailure(tokensText.notRevoked(name), error.message),
      onSettled: onClose,
    });
  };
  return (
    <AskDialog
      question={token && { ...words, heading: heading(nameOf(token)), isGrave: true }}
      isBusy={revoke.isPending}
      onNo={onClose}
      onYes={() => {
        if (token) act(token);
      }}
    />
  );
}
