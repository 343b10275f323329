import { Text, Title } from "@mantine/core";

import { text } from "@/text";
import { differsFromViewers, zoneName } from "@/time/format";

import { turned, views } from "../span";
import { Choice } from "./Choice";
import { DateButton } from "./DateButton";
import { PhoneDisplayButton } from "./DisplayButton";
import type { Kinds } from "./KindChoice";
import classes from "./PhoneToolbar.module.css";
import { type ToolbarProps, Turn } from "./Toolbar";

/** The head of the calendar in a narrow window. */
export function PhoneToolbar({ heading, now, zone, today, address, onChange, onBlock, kinds }: ToolbarProps & { kinds: Kinds }) {
  const { view, date } = address;
  const turn = (by: 1 | -1) => onChange({ date: turned(view, date, by) });
  return (
    <header className={classes.toolbar}>
      <Title order={1} className={classes.heading}>
        {heading}
      </Title>
      <div className={classes.turns}>
        <Turn view={view} by={-1} onTurn={turn} size={44} />
        <DateButton date={date} today={today} onPick={(picked) => onChange({ date: picked })} size={44} />
        <Turn view={view} by={1} onTurn={turn} size={44} />
      </div>
      {differsFromViewers(now, zone) && (
        <Text size="sm" c="dimmed" className={classes.zone}>
          {text.calendar.zone(zoneName(now, zone))}
        </Text>
      )}
      <div className={classes.views}>
        <Choice
          label={text.calendar.views.label}
          options={views.map((value) => ({ value, label: text.calendar.views[value] }))}
          value={view}
          onChoose={(chosen) => onChange({ view: chosen })}
        />
        <PhoneDisplayButton address={address} onChange={onChange} kinds={kinds} onBlock={onBlock} />
      </div>
    </header>
  );
}
