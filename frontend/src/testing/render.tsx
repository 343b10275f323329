import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, type RouteObject, RouterProvider } from "react-router";

import { createQueryClient } from "@/api/query-client";
import { type Viewer, ViewerContext } from "@/api/viewer";
import { BookingDesk } from "@/booking/BookingDesk";

import { viewer as owner } from "./fixtures";

interface Options {
  viewer?: Viewer;
  /** The address the browser shows. */
  at?: string;
}

/** Draws `children` as they are drawn behind the sign-in. */
export function renderInside(children: ReactNode, { viewer = owner, at = "/" }: Options = {}) {
  const element = (
    <ViewerContext value={viewer}>
      <BookingDesk>{children}</BookingDesk>
    </ViewerContext>
  );
  return renderRoutes([{ path: "*", element }], at);
}

/** Returns the dashboard's own client, which does not wait and try again. */
export function impatientClient(): QueryClient {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  return client;
}

/** Draws whole routes at an address. */
export function renderRoutes(routes: RouteObject[], at: string) {
  const client = impatientClient();
  notifications.clean();
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { client, router, user: userEvent.setup() };
}
