import { Button } from "@mantine/core";

import type { Member } from "@/api/shapes";
import { QuotaButton } from "@/plan/QuotaButton";
import { text } from "@/text";

import type { Reach } from "../rules";
import { nameOf } from "./Person";

interface MemberActProps {
  member: Member;
  reach: Reach;
  isBusy: boolean;
  onChange: (change: { is_active: boolean }) => void;
}

/** Shuts a member out, or lets a former one in again if the plan has room. */
export function MemberAct({ member, reach, isBusy, onChange }: MemberActProps) {
  if (reach.reactivate) {
    return (
      <QuotaButton quota="max_users" variant="default" size="compact-sm" onClick={() => onChange({ is_active: true })}>
        {text.team.reactivate}
      </QuotaButton>
    );
  }
  if (!reach.deactivate) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={isBusy}
      aria-label={text.team.deactivateNamed(nameOf(member))}
      onClick={() => onChange({ is_active: false })}
    >
      {text.team.deactivate}
    </Button>
  );
}
