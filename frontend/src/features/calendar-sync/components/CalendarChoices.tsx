import { Button, Radio, Switch, Text } from "@mantine/core";
import { useId } from "react";

import type { CalendarConnection, ExternalCalendar } from "@/api/calendarSync";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { type Choices, useChoose } from "../choosing";
import { nameOf } from "../names";
import { useRefreshCalendars } from "../queries";
import classes from "./CalendarChoices.module.css";
import { TargetSettings } from "./TargetSettings";

const words = syncText.calendars;
const NOWHERE = "";

/** Which calendars of an account are read, and which one is written to. Each choice counts at once. */
export function CalendarChoices({ connection }: { connection: CalendarConnection }) {
  const { mutate } = useChoose();
  const calendars = connection.calendars.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const target = calendars.find(({ write_target: isTarget }) => isTarget);
  const choose = (calendar: ExternalCalendar) => (choices: Choices) => mutate({ calendar, choices });
  const write = (id: string) => {
    const calendar = calendars.find((one) => one.id === id);
    if (calendar) choose(calendar)({ write_target: true });
    else if (target) choose(target)({ write_target: false });
  };
  return (
    <div className={classes.parts}>
      <section className={classes.part}>
        <h3 className={classes.heading}>{words.read}</h3>
        <Text size="sm" c="dimmed">
          {words.readHint}
        </Text>
        <ul className={classes.rows}>
          {calendars.map((calendar) => (
            <ReadRow key={calendar.id} calendar={calendar} onChoose={choose(calendar)} />
          ))}
        </ul>
        {calendars.length === 0 && <Text>{words.none}</Text>}
        <Refresh connection={connection} />
      </section>
      {calendars.some(({ is_writable: isWritable }) => isWritable) && (
        <section className={classes.part}>
          <Radio.Group label={words.target} value={target?.id ?? NOWHERE} onChange={write} classNames={{ label: classes.heading ?? "" }}>
            <div className={classes.targets}>
              <Radio value={NOWHERE} label={words.nowhere} description={words.nowhereHint} />
              {calendars.filter(isTargetable).map((calendar) => (
                <Radio key={calendar.id} value={calendar.id} label={nameOf(calendar)} />
              ))}
            </div>
          </Radio.Group>
          {target && <TargetSettings calendar={target} onChoose={choose(target)} />}
        </section>
      )}
    </div>
  );
}

const isTargetable = ({ is_writable: isWritable, missing_since: missingSince, write_target: isTarget }: ExternalCalendar) =>
  isTarget === true || (isWritable && missingSince === null);

interface ReadRowProps {
  calendar: ExternalCalendar;
  onChoose: (choices: Choices) => void;
}

function ReadRow({ calendar, onChoose }: ReadRowProps) {
  const { read_busy: isRead = false, tentative_blocks: isTentativeBusy = true } = calendar;
  const name = nameOf(calendar);
  const { timezone } = useViewer().business;
  const aboutId = useId();
  return (
    <li className={classes.row}>
      <div className={classes.name}>
        <span className={classes.dot} style={{ background: calendar.color === "" ? "var(--line-strong)" : calendar.color }} />
        <span>
          {name}
          <span className={classes.about} id={aboutId}>
            {aboutOf(calendar, timezone)}
          </span>
        </span>
      </div>
      <Switch
        size="md"
        aria-label={words.readOf(name)}
        aria-describedby={aboutId}
        checked={isRead}
        onChange={(event) => onChoose({ read_busy: event.currentTarget.checked })}
      />
      {isRead && (
        <Switch
          className={classes.nested}
          label={words.tentative}
          description={words.tentativeHint}
          aria-label={`${words.tentative}: ${name}`}
          checked={isTentativeBusy}
          onChange={(event) => onChoose({ tentative_blocks: event.currentTarget.checked })}
        />
      )}
    </li>
  );
}

/** What is worth knowing of a calendar; that it has the business's own zone is not. */
function aboutOf(calendar: ExternalCalendar, ownZone: string): string {
  const { is_writable: isWritable, missing_since: missingSince, time_zone: zone } = calendar;
  const about = [missingSince !== null && words.missing, !isWritable && words.readOnly, zone !== "" && zone !== ownZone && words.zone(zone)];
  return about.filter(Boolean).join(" · ");
}

function Refresh({ connection }: { connection: CalendarConnection }) {
  const refresh = useRefreshCalendars();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.refresh}
      loading={refresh.isPending}
      onClick={() =>
        refresh.mutate(connection, {
          onSuccess: (added) => notifyDone(words.refreshed(Math.max(0, added))),
          onError: (error) => notifyFailure(words.refreshFailed, error.message),
        })
      }
    >
      {words.refresh}
    </Button>
  );
}
