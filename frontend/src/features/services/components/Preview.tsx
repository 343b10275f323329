import { Fragment } from "react";

import type { Resource } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { services as servicesText } from "@/text/services";
import { shownMinute } from "@/time/wallClock";
import { Section } from "@/ui/Section";

import { noticeMinutes, type Values } from "../form";
import classes from "./Preview.module.css";

const FIRST_START = 9 * 60;
const words = servicesText.preview;

interface PreviewProps {
  values: Values;
  /** Undefined until they are known. */
  resources: readonly Resource[] | undefined;
}

/** What the numbers of a service come to, in words and drawn to scale. */
export function Preview({ values, resources }: PreviewProps) {
  const [before, duration, after] = [values.before, values.duration, values.after].map(Number) as Triple;
  const total = before + duration + after;
  if (!Number.isFinite(total) || duration <= 0) {
    return (
      <Section heading={words.heading}>
        <p className={classes.note}>{words.incomplete}</p>
      </Section>
    );
  }
  return (
    <Section heading={words.heading}>
      <Scale parts={[before, duration, after]} />
      <ul className={classes.facts}>
        <li>
          {words.customersSee(hoursText.lasting(duration))} {blocking([before, duration, after])}
        </li>
        <li>{startsOf(Number(values.step))}</li>
        <li>{windowOf(values)}</li>
        {resources && <li>{takingOf(values.groups, resources)}</li>}
      </ul>
    </Section>
  );
}

type Triple = [before: number, duration: number, after: number];

/** The appointment and what is kept free around it, to scale. */
function Scale({ parts }: { parts: Triple }) {
  const names = [words.before, words.appointment, words.after];
  return (
    <div className={classes.scale} aria-hidden>
      {parts.map((minutes, position) =>
        minutes > 0 ? (
          <div
            key={names[position]}
            className={classes.part}
            data-buffer={position !== 1 || undefined}
            style={{ flexGrow: minutes }}
          >
            <span>{hoursText.lasting(minutes)}</span>
          </div>
        ) : (
          <Fragment key={names[position]} />
        ),
      )}
    </div>
  );
}

function blocking(parts: Triple): string {
  const total = hoursText.lasting(parts.reduce((sum, part) => sum + part, 0));
  const counted = parts.filter((part) => part > 0);
  return counted.length === 1 ? words.blocksPlain(total) : words.blocks(`${counted.join(" + ")} min`, total);
}

function startsOf(step: number): string {
  const starts = [0, 1, 2].map((position) => shownMinute((FIRST_START + position * step) % 1440));
  return words.steps(hoursText.lasting(step), starts.join(", "));
}

function windowOf(values: Values): string {
  const days = words.days(Number(values.advance));
  const minutes = noticeMinutes(values);
  if (minutes === 0) return words.noNotice(days);
  return words.notice(words[values.noticeUnit](Number(values.notice)), days);
}

function takingOf(groups: Values["groups"], resources: readonly Resource[]): string {
  const nameOf = (id: number) => resources.find((resource) => resource.id === id)?.name ?? [];
  const named = groups.map((group) => group.flatMap(nameOf)).filter((names) => names.length > 0);
  if (named.length === 0) return words.nobody;
  const parts = named.map(([first = "", ...rest]) =>
    rest.length === 0 ? words.one(first) : words.oneOf([first, ...rest].join(", ")),
  );
  return words.takes(parts.join(words.and));
}
