import CloudIcon from "lucide-react/icons/cloud";
import RssIcon from "lucide-react/icons/rss";
import ServerIcon from "lucide-react/icons/server";

import classes from "./Mark.module.css";

const icons = { caldav: ServerIcon, ics: RssIcon, icloud: CloudIcon } as const;
const letters: Record<string, string> = { google: "G", microsoft: "M", fastmail: "F", nextcloud: "N" };

/** A sign of where a calendar lives; its name stands beside it. */
export function Mark({ of: key }: { of: string }) {
  const Icon = icons[key as keyof typeof icons] as (typeof icons)[keyof typeof icons] | undefined;
  return (
    <span className={classes.mark} data-of={key} aria-hidden>
      {letters[key] ?? (Icon ? <Icon size={20} /> : <ServerIcon size={20} />)}
    </span>
  );
}
