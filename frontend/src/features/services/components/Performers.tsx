import { text } from "@/text";

import classes from "../services.module.css";

const MOST_NAMED = 2;

/** Who performs a service: the first of its first group, and below what else an appointment takes. */
export function Performers({ groups }: { groups: readonly (readonly string[])[] }) {
  const [first, ...others] = groups;
  if (first === undefined) return <span className={classes.sub}>{text.services.nobody}</span>;
  return (
    <span>
      <span title={first.join(", ")}>{firstOf(first)}</span>
      {others.map((group) => (
        <span key={group.join()} className={classes.sub} title={group.join(", ")}>
          {text.services.and(firstOf(group))}
        </span>
      ))}
    </span>
  );
}

function firstOf(names: readonly string[]): string {
  const left = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(", ") + (left > 0 ? ` +${text.number(left)}` : "");
}
