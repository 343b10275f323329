import { text } from "@/text";
import { useShortcuts } from "@/ui/shortcuts";

import type { Address } from "./address";
import { turned, type View } from "./span";

interface Ways {
  address: Address;
  today: string;
  onChange: (change: Partial<Address>) => void;
  onBlock: (() => void) | undefined;
}

/** Lets the calendar be worked with by single keys. */
export function useCalendarShortcuts({ address: { view, date }, today, onChange, onBlock }: Ways): void {
  const words = text.calendar.shortcuts;
  const show = (key: string, wanted: View) => ({ key, label: words[wanted], run: () => onChange({ view: wanted }) });
  const turn = (key: string, by: 1 | -1) => ({
    key,
    label: by === 1 ? words.next : words.previous,
    run: () => onChange({ date: turned(view, date, by) }),
  });
  useShortcuts([
    show("d", "day"),
    show("w", "week"),
    show("m", "month"),
    show("a", "agenda"),
    { key: "t", label: words.today, run: () => onChange({ date: today }) },
    turn("k", -1),
    turn("ArrowLeft", -1),
    turn("j", 1),
    turn("ArrowRight", 1),
    ...(onBlock ? [{ key: "b", label: words.block, run: onBlock }] : []),
    // Pressed on an appointment the board takes it; here it stands for the list of shortcuts.
    { key: "shift+ArrowRight", label: text.calendar.carry.hint, run: () => undefined },
  ]);
}
