import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { PageHeader } from "@/ui/PageHeader";

import { AboutYou } from "./components/AboutYou";
import { Looks } from "./components/Looks";
import { PasswordForm } from "./components/PasswordForm";

/** What people change about themselves: name, password, how things look. */
export function Component() {
  const { business } = useViewer();
  useDocumentTitle(text.title(text.profile.title, business.name));
  return (
    <>
      <PageHeader heading={text.profile.title}>
        <Text c="dimmed">{text.profile.lead}</Text>
      </PageHeader>
      <Stack gap={20} maw={640}>
        <AboutYou />
        <PasswordForm />
        <Looks />
      </Stack>
    </>
  );
}
