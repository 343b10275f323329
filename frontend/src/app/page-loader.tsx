import { Center, Loader } from "@mantine/core";

import { text } from "@/text";

/** Fills the window until it is known what to show. */
export function PageLoader() {
  return (
    <Center h="100dvh" role="status" aria-label={text.loading}>
      <Loader size="sm" />
    </Center>
  );
}
