import { useState } from "react";

import type { Member, Role } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { AskDialog, type Question } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useChangeMember } from "../queries";
import { nameOf } from "./Person";

interface Wanted {
  role?: Role;
  is_active?: boolean;
}

interface Asked {
  member: Member;
  wanted: Wanted;
  question: Question;
}

/** Changes members. Shutting somebody out and changing one's own role is asked about first; other roles can be undone. */
export function useMemberChange() {
  const { user } = useViewer();
  const [asked, setAsked] = useState<Asked | null>(null);
  const mutation = useChangeMember();
  const send = (member: Member, wanted: Wanted, undo?: () => void) => {
    mutation.mutate(
      { member, change: wanted },
      {
        onSuccess: () => notifyDone(doneText(member, wanted), undo),
        onError: (error) => notifyFailure(text.team.notChanged(nameOf(member)), error.message),
        onSettled: () => setAsked(null),
      },
    );
  };
  const change = (member: Member, wanted: Wanted) => {
    const question = questionFor(member, wanted, member.user === user.id);
    if (question) setAsked({ member, wanted, question });
    else if (wanted.role) send(member, wanted, () => send(member, { role: member.role }));
    else send(member, wanted);
  };
  const question = (
    <AskDialog
      question={asked?.question ?? null}
      isBusy={mutation.isPending}
      onNo={() => setAsked(null)}
      onYes={() => {
        if (asked) send(asked.member, asked.wanted);
      }}
    />
  );
  return { change, isBusy: mutation.isPending, question };
}

function questionFor(member: Member, { role, is_active: isActive }: Wanted, isYou: boolean): Question | null {
  const { askDeactivate, askOwnRole } = text.team;
  if (isActive === false) return { ...askDeactivate, heading: askDeactivate.heading(nameOf(member)), isGrave: true };
  if (role && isYou) return { ...askOwnRole, heading: askOwnRole.heading(text.shell.roles[role]), isGrave: true };
  return null;
}

function doneText(member: Member, { role, is_active: isActive }: Wanted): string {
  if (role) return text.team.roleChanged(nameOf(member), text.shell.roles[role]);
  return isActive ? text.team.reactivated(nameOf(member)) : text.team.deactivated(nameOf(member));
}
