import { useCallback, useMemo, useRef } from "react";

import { type Address, resourcesShown } from "../address";
import type { Layout } from "../carry";
import type { View } from "../span";
import { useActs, useMayBlock } from "../useActs";
import type { Calendar } from "../useCalendar";
import { useCalendarShortcuts } from "../useCalendarShortcuts";
import { useCarried, useCarry } from "../useCarry";
import { useEntries } from "../useEntries";
import { BlockDialog } from "./BlockDialog";
import { Board } from "./Board";
import { CarryBar } from "./CarryBar";
import { Filters } from "./Filters";
import { kindsOf } from "./KindChoice";
import { OutsideDialog } from "./OutsideDialog";
import { PhoneToolbar } from "./PhoneToolbar";
import { RangeMenu } from "./RangeMenu";
import classes from "./Stage.module.css";
import { Toolbar } from "./Toolbar";

interface StageProps {
  heading: string;
  now: Date;
  today: string;
  address: Address;
  onChange: (change: Partial<Address>) => void;
  isNarrow: boolean;
  calendar: Calendar;
  isRenewing: boolean;
}

/** The calendar once all of it is there: its head, its view, and what opens above it. */
export function Stage({ heading, now, today, address, onChange, isNarrow, calendar: whole, isRenewing }: StageProps) {
  const { date } = address;
  const view = drawnAs(address.view, isNarrow);
  const isAlone = isNarrow && view === "day";
  const calendar = useMemo(() => (isAlone ? { ...whole, resources: whole.resources.slice(0, 1) } : whole), [whole, isAlone]);
  const [carried, setCarried] = useCarried(`${view} ${date}`);
  const { entries, hours } = useEntries(calendar, view, address.withAllHours, carried);
  const { acts, drop, range, setRange, block, setBlock, outside, setOutside, moveAnyway } = useActs(calendar);
  const board = useRef<HTMLDivElement>(null);
  const endCarry = useCarry(board, {
    carried,
    setCarried,
    entries,
    layout: layoutOf(view, isNarrow, calendar),
    zone: calendar.zone,
    rows: calendar.resources.map(({ id }) => id),
    onDrop: drop,
  });
  const onBlock = useMayBlock() ? () => setBlock({}) : undefined;
  useCalendarShortcuts({ address, today, onChange, onBlock });
  const ways = {
    onOnly: useCallback((id: number) => onChange({ resourceIds: [id] }), [onChange]),
    onDay: useCallback((day: string) => onChange({ view: "day", date: day }), [onChange]),
    onEveryone: useCallback(() => onChange({ resourceIds: [], type: null }), [onChange]),
    choices: useMemo(() => resourcesShown(whole.allResources, { ...address, resourceIds: [] }), [whole, address]),
  };
  const head = { heading, now, today, address, onChange, onBlock, zone: calendar.zone };
  return (
    <div className={classes.stage}>
      {isNarrow ? <PhoneToolbar {...head} kinds={kindsOf(whole.allResources)} /> : <Toolbar {...head} />}
      <Filters address={address} resources={whole.allResources} onChange={onChange} isNarrow={isNarrow} />
      <div ref={board} className={classes.board} aria-busy={isRenewing}>
        <Board {...{ view, isNarrow, calendar, date, entries, hours, acts }} {...ways} />
      </div>
      {range && <RangeMenu {...{ range, calendar, setRange, setBlock }} />}
      {block && <BlockDialog draft={block} calendar={calendar} date={date} onClose={() => setBlock(null)} />}
      {outside && (
        <OutsideDialog
          outside={outside}
          zone={calendar.zone}
          onYes={() => moveAnyway(outside)}
          onClose={() => setOutside(null)}
        />
      )}
      <CarryBar carried={carried} calendar={calendar} onEnd={endCarry} />
    </div>
  );
}

/** A week has no room side by side in a narrow window: there it is a list. */
function drawnAs(view: View, isNarrow: boolean): View {
  return isNarrow && view === "week" ? "agenda" : view;
}

function layoutOf(view: View, isNarrow: boolean, { resources }: Calendar): Layout {
  if (view === "month") return "month";
  return isNarrow || (view === "week" && resources.length === 1) ? "columns" : "rows";
}
