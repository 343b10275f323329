import { Button } from "@mantine/core";

import type { Member } from "@/api/shapes";
import { QuotaButton } from "@/plan/QuotaButton";
import { team as teamText } from "@/text/team";

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
        {teamText.reactivate}
      </QuotaButton>
    );
  }
  if (!reach.deactivate) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={isBusy}
      aria-label={teamText.deactivateNamed(nameOf(member))}
      onClick={() => onChange({ is_active: false })}
    >
      {teamText.deactivate}
    </Button>
  );
}
