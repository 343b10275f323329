import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import KeyIcon from "lucide-react/icons/key-round";

import type { ApiToken } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { UpgradePrompt } from "@/plan/UpgradePrompt";
import { useFeature } from "@/plan/useFeature";
import { text } from "@/text";
import { apiTokens as tokensText } from "@/text/apiTokens";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";
import { Section } from "@/ui/Section";

import { Example } from "./components/Example";
import { NewToken } from "./components/NewToken";
import { TokenTable } from "./components/TokenTable";
import { tokensQuery } from "./queries";

/** The tokens with which programs use the API. Everyone sees and revokes their own; managers create them. */
export function Component() {
  const { business, user } = useViewer();
  useDocumentTitle(text.title(tokensText.title, business.name));
  return (
    <>
      <PageHeader heading={tokensText.title} action={user.role !== "staff" && <NewToken />}>
        <Text c="dimmed">{user.role === "staff" ? tokensText.notForStaff : tokensText.lead}</Text>
      </PageHeader>
      <Tokens />
    </>
  );
}

function Tokens() {
  const { data: tokens, error, refetch } = useQuery(tokensQuery);
  if (!tokens && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const signIns = tokens?.filter(({ kind }) => kind === "sign_in") ?? [];
  return (
    <Stack gap={24}>
      <UpgradePrompt feature="can_api_access" variant="banner" />
      <TokenTable
        caption={tokensText.list}
        tokens={tokens?.filter(({ kind }) => kind !== "sign_in")}
        empty={<NoTokens />}
      />
      {signIns.length > 0 && <SignIns tokens={signIns} />}
      <Example />
    </Stack>
  );
}

function NoTokens() {
  const state = useFeature("can_api_access");
  if (state === "locked") return null;
  return (
    <EmptyState icon={<KeyIcon aria-hidden size={22} />} heading={tokensText.emptyHeading}>
      {tokensText.empty}
    </EmptyState>
  );
}

function SignIns({ tokens }: { tokens: ApiToken[] }) {
  return (
    <Section heading={tokensText.signIns} lead={tokensText.signInsLead}>
      <TokenTable caption={tokensText.signIns} tokens={tokens} />
    </Section>
  );
}
