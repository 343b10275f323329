import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { cssVariables, theme } from "@/ui/theme";

interface ProvidersProps {
  client: QueryClient;
  children: ReactNode;
}

/** What every screen stands on: looks, notifications, and the memory of what the API said. */
export function Providers({ client, children }: ProvidersProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-center" />
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
