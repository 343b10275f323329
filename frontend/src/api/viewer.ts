import { createContext, useContext } from "react";

import type { Business, User } from "./shapes";

/** The person signed in, and the business they work in. */
export interface Viewer {
  user: User;
  business: Business;
}

export const ViewerContext = createContext<Viewer | null>(null);

/** Returns the person signed in. Throws outside the screens that ask for one. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("useViewer() is for screens behind the sign-in");
  return viewer;
}
