import { useSignOut } from "@/api/session";
import { text } from "@/text";
import { notifyFailure } from "@/ui/notifyFailure";

/** Signs out, and says so when that did not work. */
export function useLeave() {
  const signOut = useSignOut();
  const run = () => {
    signOut.mutate(undefined, {
      onError: (error) => notifyFailure(text.shell.signOutFailed, error.message),
    });
  };
  return { run, isPending: signOut.isPending };
}
