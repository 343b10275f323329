import { ActionIcon, Button, Text, Title, Tooltip } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import ChevronLeftIcon from "lucide-react/icons/chevron-left";
import ChevronRightIcon from "lucide-react/icons/chevron-right";
import PrinterIcon from "lucide-react/icons/printer";
import { Link } from "react-router";

import { text } from "@/text";
import { differsFromViewers, zoneName } from "@/time/format";

import { type Address, sheetPath } from "../address";
import { turned, type View, views } from "../span";
import { Choice } from "./Choice";
import { DateButton } from "./DateButton";
import classes from "./Toolbar.module.css";

export interface ToolbarProps {
  heading: string;
  now: Date;
  zone: string;
  today: string;
  address: Address;
  onChange: (change: Partial<Address>) => void;
  /** Undefined for those who may not. */
  onBlock: (() => void) | undefined;
}

/** The head of the calendar: what it shows, and the ways to other days and views. */
export function Toolbar({ heading, now, zone, today, address, onChange, onBlock }: ToolbarProps) {
  const { view, date } = address;
  const words = text.calendar;
  return (
    <header className={classes.toolbar}>
      <div className={classes.place}>
        <Title order={1} className={classes.heading}>
          {heading}
        </Title>
        {differsFromViewers(now, zone) && (
          <Text size="sm" c="dimmed">
            {words.zone(zoneName(now, zone))}
          </Text>
        )}
      </div>
      <div className={classes.turns}>
        <Turn view={view} by={-1} onTurn={(by) => onChange({ date: turned(view, date, by) })} />
        <Button variant="default" disabled={date === today} onClick={() => onChange({ date: today })}>
          {words.today}
        </Button>
        <Turn view={view} by={1} onTurn={(by) => onChange({ date: turned(view, date, by) })} />
        <DateButton date={date} onPick={(picked) => onChange({ date: picked })} />
      </div>
      <Choice
        label={words.views.label}
        options={views.map((value) => ({ value, label: words.views[value] }))}
        value={view}
        onChoose={(chosen) => onChange({ view: chosen })}
      />
      <div className={classes.acts}>
        <Tooltip label={words.daySheet}>
          <ActionIcon
            component={Link}
            to={sheetPath(address)}
            variant="default"
            size={36}
            aria-label={words.daySheet}
          >
            <PrinterIcon aria-hidden size={17} />
          </ActionIcon>
        </Tooltip>
        {onBlock && (
          <Button
            variant="default"
            className={classes.block}
            leftSection={<BanIcon aria-hidden size={16} />}
            onClick={onBlock}
          >
            {words.blockTime}
          </Button>
        )}
      </div>
    </header>
  );
}

interface TurnProps {
  view: View;
  by: 1 | -1;
  onTurn: (by: 1 | -1) => void;
  size?: number;
}

/** Leads to the next or the previous page. */
export function Turn({ view, by, onTurn, size = 36 }: TurnProps) {
  const { previous, next } = text.calendar.turn[view];
  const Icon = by === 1 ? ChevronRightIcon : ChevronLeftIcon;
  return (
    <ActionIcon variant="default" size={size} aria-label={by === 1 ? next : previous} onClick={() => onTurn(by)}>
      <Icon aria-hidden size={18} />
    </ActionIcon>
  );
}
