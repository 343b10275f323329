import { Autocomplete } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";

import { hours as hoursText } from "@/text/hours";
import { MINUTES_PER_DAY, type Minute, readMinute, shownMinute } from "@/time/wallClock";

import classes from "./styles.module.css";

const STEP: Minute = 30;

interface TimeFieldProps {
  /** What the time is, for those who cannot see where the field stands. */
  label: string;
  /** Null while there is none that can be read. */
  value: Minute | null;
  /** Told when the field is left or a time is chosen. */
  onChange: (minute: Minute | null) => void;
  /** Whether it ends something: midnight is then the end of the day, and no time before `after` is offered. */
  isEnd?: boolean;
  after?: Minute | null;
  /** What is wrong, for those who cannot see it written below. */
  problem?: string | undefined;
  hasVisibleLabel?: boolean;
}

/** A time of day: chosen from a list, or typed as people type times. */
export function TimeField(props: TimeFieldProps) {
  const { label, value, onChange, isEnd = false, after = null, problem, hasVisibleLabel } = props;
  const shown = value === null ? "" : shownMinute(value);
  const [typed, setTyped] = useFollowing(shown);
  const commit = (words: string) => {
    const minute = asMeant(readMinute(words), isEnd);
    if (minute !== null) setTyped(shownMinute(minute));
    if (minute !== value) onChange(minute);
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    commit(typed);
  };
  const isUnreadable = value === null && typed !== "";
  const times = offered(isEnd, after);
  const list = useScrolledTo(times.indexOf(shown));
  return (
    <Autocomplete
      className={classes.field}
      classNames={{ option: classes.option }}
      {...(hasVisibleLabel ? { label } : { "aria-label": label })}
      value={typed}
      data={times}
      filter={({ options, search }) => (search === shown ? options : options.filter(startingWith(search)))}
      renderOption={({ option }) => <span data-chosen={option.value === shown || undefined}>{option.value}</span>}
      maxDropdownHeight={240}
      scrollAreaProps={{ viewportRef: list.viewport }}
      onDropdownOpen={list.scroll}
      comboboxProps={{ width: 132, position: "bottom-start", keepMounted: false }}
      autoComplete="off"
      error={isUnreadable ? hoursText.notATime : problem}
      errorProps={{ className: classes.heard }}
      onChange={setTyped}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onOptionSubmit={commit}
      onBlur={() => {
        commit(typed);
      }}
      onKeyDown={enter}
      title={isUnreadable ? hoursText.notATime : undefined}
    />
  );
}

function asMeant(minute: Minute | null, isEnd: boolean): Minute | null {
  if (isEnd) return minute === 0 ? MINUTES_PER_DAY : minute;
  return minute === MINUTES_PER_DAY ? 0 : minute;
}

function offered(isEnd: boolean, after: Minute | null): string[] {
  const first = isEnd ? Math.floor((after ?? 0) / STEP) * STEP + STEP : 0;
  const last = isEnd ? MINUTES_PER_DAY : MINUTES_PER_DAY - STEP;
  const count = Math.max(0, Math.floor((last - first) / STEP) + 1);
  return Array.from({ length: count }, (_, position) => shownMinute(first + position * STEP));
}

const startingWith = (search: string) => (option: object) =>
  "label" in option && String(option.label).toLowerCase().startsWith(search.trim().toLowerCase());

/** Begins a list at the option in force, with a few before it. */
function useScrolledTo(position: number) {
  const viewport = useRef<HTMLDivElement>(null);
  const scroll = () => {
    requestAnimationFrame(() => {
      const option = viewport.current?.querySelectorAll<HTMLElement>("[role=option]")[position];
      if (viewport.current && option) viewport.current.scrollTop = option.offsetTop - 2 * option.offsetHeight;
    });
  };
  return { viewport, scroll };
}

/** Keeps what is typed, and follows the value when it changes elsewhere. */
function useFollowing(shown: string) {
  const [typed, setTyped] = useState(shown);
  const [known, setKnown] = useState(shown);
  if (known !== shown) {
    setKnown(shown);
    if (shown !== "") setTyped(shown);
  }
  return [typed, setTyped] as const;
}
