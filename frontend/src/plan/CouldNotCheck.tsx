import { Anchor, Text } from "@mantine/core";

import { text } from "@/text";

import { usePlanFeatures } from "./usePlanFeatures";

/** Says that nobody could be asked about the plan; it is no refusal. */
export function CouldNotCheck() {
  const { retry } = usePlanFeatures();
  return (
    <Text size="sm" c="dimmed" role="status">
      {text.upgrade.couldNotCheck}{" "}
      <Anchor component="button" type="button" inherit onClick={retry}>
        {text.retry}
      </Anchor>
    </Text>
  );
}
