import { type Path, paths } from "@/paths";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import { screens } from "./screens";

/** A screen the viewer can go to. */
export interface Destination {
  path: Path;
  label: string;
  section: string;
  /** Whether the plan lacks what the screen is for; it says what that needs. */
  isLocked: boolean;
  Icon: (typeof screens)[number]["icon"];
}

/** Returns the first screen, then what the server lists for the viewer's role and this build has, in its order. */
export function useDestinations(): Destination[] {
  const { nav } = usePlanFeatures();
  const today = { path: paths.today, label: text.shell.today, section: "main", locked: false };
  return [today, ...nav.filter(({ path }) => path !== paths.today)].flatMap(({ path, label, section, locked }) => {
    const screen = screens.find((candidate) => candidate.path === path);
    return screen ? [{ path: screen.path, label, section, isLocked: locked, Icon: screen.icon }] : [];
  });
}

/** The key that, after "g", leads to a screen. */
export const GO_KEYS: Partial<Record<Path, string>> = {
  [paths.today]: "t",
  [paths.calendar]: "c",
  [paths.appointments]: "a",
  [paths.customers]: "u",
  [paths.resources]: "r",
  [paths.services]: "s",
  [paths.analytics]: "y",
  [paths.dataExport]: "x",
  [paths.plan]: "p",
  [paths.team]: "e",
  [paths.apiTokens]: "k",
};
