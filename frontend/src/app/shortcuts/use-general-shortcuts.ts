import { useNavigate } from "react-router";

import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { useShortcuts } from "@/ui/shortcuts";

import { GO_KEYS, useDestinations } from "../destinations";

interface Openers {
  openPalette: () => void;
  openHelp: () => void;
}

/** The shortcuts of every screen: search, help, booking, and "g" with a letter for each screen in the navigation. */
export function useGeneralShortcuts({ openPalette, openHelp }: Openers): void {
  const navigate = useNavigate();
  const desk = useBookingDesk();
  const ways = useDestinations().flatMap(({ path, label }) => {
    const letter = GO_KEYS[path];
    return letter ? [{ key: `g ${letter}`, label, run: () => void navigate(path) }] : [];
  });
  useShortcuts(
    [
      { key: "mod+k", label: text.shortcuts.palette, run: openPalette },
      { key: "n", label: text.shortcuts.book, run: () => desk.book() },
      { key: "?", label: text.shortcuts.help, run: openHelp },
      ...ways,
    ],
    "everywhere",
  );
}
