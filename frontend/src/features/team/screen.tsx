import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import ShieldIcon from "lucide-react/icons/shield";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

import { Invitations } from "./components/Invitations";
import { Invite } from "./components/Invite";
import { Members } from "./components/Members";

/** The people who can sign in, their roles, and open invitations; for managers and owners. */
export function Component() {
  const { business, user } = useViewer();
  const isStaff = user.role === "staff";
  useDocumentTitle(text.title(text.team.title, business.name));
  return (
    <>
      <PageHeader heading={text.team.title} action={!isStaff && <Invite />}>
        <Text c="dimmed">{text.team.lead}</Text>
      </PageHeader>
      {isStaff ? (
        <EmptyState icon={<ShieldIcon aria-hidden size={22} />} heading={text.team.notForStaffHeading}>
          {text.team.notForStaff(business.name)}
        </EmptyState>
      ) : (
        <Stack gap={32}>
          <Members />
          <Invitations />
        </Stack>
      )}
    </>
  );
}
