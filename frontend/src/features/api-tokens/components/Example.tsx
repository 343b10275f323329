import { Anchor } from "@mantine/core";

import { apiTokens as tokensText } from "@/text/apiTokens";
import { CodeSample } from "@/ui/CodeSample";
import { Section } from "@/ui/Section";

/** The first request of somebody who has a token, at this very address. */
export function Example() {
  const { heading, lead, copy, copied, token, docs } = tokensText.example;
  const { origin } = window.location;
  return (
    <Section heading={heading} lead={lead}>
      <CodeSample
        code={`curl "${origin}/api/appointments/?page_size=5" \\\n  -H "Authorization: Token ${token}"`}
        copy={copy}
        copied={copied}
      />
      <Anchor href="/api/docs/" size="sm" w="fit-content">
        {docs}
      </Anchor>
    </Section>
  );
}
