import "@fontsource-variable/geist/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@/ui/theme.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";

import { createQueryClient } from "@/api/query-client";
import { sessionQuery } from "@/api/session";

import { Providers } from "./providers";
import { routes } from "./router";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const client = createQueryClient();
// Asked while the first screen's code is on its way; the session gate tells when it fails.
client.query(sessionQuery).catch(() => undefined);
const router = createBrowserRouter(routes);

createRoot(root).render(
  <StrictMode>
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
