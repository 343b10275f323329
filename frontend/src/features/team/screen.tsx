import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import ShieldIcon from "lucide-react/icons/shield";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { team as teamText } from "@/text/team";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

import { Invitations } from "./components/Invitations";
import { Invite } from "./components/Invite";
import { Members } from "./components/Members";
import { Support } from "./components/Support";

/** The people who can sign in, their roles, and open invitations; for managers and owners. Owners see support too. */
export function Component() {
  const { business, user } = useViewer();
  const isStaff = user.role === "staff";
  useDocumentTitle(text.title(teamText.title, business.name));
  return (
    <>
      <PageHeader heading={teamText.title} action={!isStaff && <Invite />}>
        <Text c="dimmed">{teamText.lead}</Text>
      </PageHeader>
      {isStaff ? (
        <EmptyState icon={<ShieldIcon aria-hidden size={22} />} heading={teamText.notForStaffHeading}>
          {teamText.notForStaff(business.name)}
        </EmptyState>
      ) : (
        <Stack gap={32}>
          <Members />
          <Invitations />
          {user.role === "owner" && <Support />}
        </Stack>
      )}
    </>
  );
}
