import { Skeleton } from "@mantine/core";
import ChevronRightIcon from "lucide-react/icons/chevron-right";
import { Link } from "react-router";

import { paths } from "@/paths";
import { text } from "@/text";

import classes from "./LastDays.module.css";
import { Sparkline } from "./Sparkline";

interface LastDaysProps {
  /** How many appointments each day had, oldest first; undefined until known. */
  counts: readonly number[] | undefined;
}

/** The last days in a picture, and the way to all figures. */
export function LastDays({ counts }: LastDaysProps) {
  const total = counts?.reduce((sum, count) => sum + count, 0);
  return (
    <Link to={paths.analytics} className={classes.link}>
      <span className={classes.head}>
        <span>
          <span className={classes.label}>{text.glance.lastDays}</span>
          <span className={classes.value}>
            {total === undefined ? <Skeleton component="span" display="block" h={22} w={48} my={4} /> : text.number(total)}
          </span>
        </span>
        <span className={classes.more}>
          {text.glance.toAnalytics}
          <ChevronRightIcon aria-hidden size={16} />
        </span>
      </span>
      {counts ? <Sparkline values={counts} /> : <Skeleton component="span" display="block" h={40} radius={6} />}
      <span className={classes.hint}>{text.glance.lastDaysHint}</span>
    </Link>
  );
}
