import ArrowDownRightIcon from "lucide-react/icons/arrow-down-right";
import ArrowRightIcon from "lucide-react/icons/arrow-right";
import ArrowUpRightIcon from "lucide-react/icons/arrow-up-right";

import classes from "./Change.module.css";

interface ChangeProps {
  /** How much more there is; its sign alone counts. */
  by: number;
  /** The same in words, such as +12.5%. */
  shown: string;
  /** With what it was compared. */
  against: string;
  /** Which way is welcome; neither without one. */
  welcome?: "up" | "down";
}

/** A difference, with an arrow for those who glance. */
export function Change({ by, shown, against, welcome }: ChangeProps) {
  const direction = by > 0 ? "up" : by < 0 ? "down" : "level";
  const Arrow = { up: ArrowUpRightIcon, down: ArrowDownRightIcon, level: ArrowRightIcon }[direction];
  const tone = direction === "level" || welcome === undefined ? undefined : direction === welcome ? "good" : "bad";
  return (
    <>
      <span className={classes.change} data-tone={tone}>
        <Arrow aria-hidden size={14} />
        {shown}
      </span>{" "}
      <span className={classes.against}>{against}</span>
    </>
  );
}
