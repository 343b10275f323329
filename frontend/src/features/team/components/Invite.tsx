import { useDisclosure } from "@mantine/hooks";
import UserPlusIcon from "lucide-react/icons/user-plus";

import { QuotaButton } from "@/plan/QuotaButton";
import { text } from "@/text";
import { FormDialog } from "@/ui/FormDialog";

import { InviteForm } from "./InviteForm";

/** The way to invite somebody, where the plan has room for another person. */
export function Invite() {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <QuotaButton quota="max_users" leftSection={<UserPlusIcon aria-hidden size={16} />} onClick={dialog.open}>
        {text.team.invite}
      </QuotaButton>
      <FormDialog opened={isOpen} onClose={dialog.close} heading={text.team.form.heading}>
        <InviteForm onClose={dialog.close} />
      </FormDialog>
    </>
  );
}
