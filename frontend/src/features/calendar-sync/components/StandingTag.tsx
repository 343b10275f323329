import CheckIcon from "lucide-react/icons/check";
import CircleAlertIcon from "lucide-react/icons/circle-alert";
import PauseIcon from "lucide-react/icons/pause";
import RefreshIcon from "lucide-react/icons/refresh-cw";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";

import type { Standing } from "../standing";
import classes from "./StandingTag.module.css";

const icons = {
  good: CheckIcon,
  busy: RefreshIcon,
  uneasy: CircleAlertIcon,
  needy: TriangleAlertIcon,
  resting: PauseIcon,
};

/** How a connection is, in words, colour and shape. */
export function StandingTag({ standing: { mood, label } }: { standing: Standing }) {
  const Icon = icons[mood];
  return (
    <span className={classes.tag} data-mood={mood}>
      <Icon aria-hidden size={14} />
      {label}
    </span>
  );
}
