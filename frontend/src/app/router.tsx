import type { RouteObject } from "react-router";

import { BookingDesk } from "@/booking/BookingDesk";
import { paths } from "@/paths";

import { Crash } from "./crash";
import { NotFound } from "./not-found";
import { PageLoader } from "./page-loader";
import { screens } from "./screens";
import { SessionGate } from "./session-gate";
import { Shell } from "./shell";

export const routes: RouteObject[] = [
  {
    errorElement: <Crash />,
    hydrateFallbackElement: <PageLoader />,
    children: [
      { path: paths.signIn, lazy: () => import("@/features/sign-in/screen") },
      { path: paths.acceptInvitation, lazy: () => import("@/features/accept-invitation/screen") },
      {
        element: (
          <SessionGate>
            <BookingDesk>
              <Shell />
            </BookingDesk>
          </SessionGate>
        ),
        children: [
          {
            errorElement: <Crash />,
            children: [...screens.map(({ path, lazy }) => ({ path, lazy })), { path: "*", element: <NotFound /> }],
          },
        ],
      },
    ],
  },
];
