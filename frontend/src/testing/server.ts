import { setupServer } from "msw/node";

import { handlers } from "./handlers";

/** Answers in place of the API; a request nobody handles fails the test. */
export const server = setupServer(...handlers);
