import LockIcon from "lucide-react/icons/lock";

import { text } from "@/text";
import { ShortcutKeys } from "@/ui/shortcuts/ShortcutKeys";

import type { Entry, Group } from "./entries";
import classes from "./palette.module.css";

interface OptionsProps {
  id: string;
  groups: readonly Group[];
  optionId: (entry: Entry) => string;
  active: Entry | undefined;
  onHover: (entry: Entry) => void;
  onChoose: (entry: Entry) => void;
}

/** The results in groups. They take no focus: the field above names the one that is chosen. */
export function Options({ id, groups, optionId, active, onHover, onChoose }: OptionsProps) {
  return (
    <div id={id} role="listbox" aria-label={text.palette.results} className={classes.list}>
      {groups.map(({ heading, entries }, position) => (
        <div key={heading} role="group" aria-labelledby={`${id}-group-${position}`}>
          <div id={`${id}-group-${position}`} className={classes.heading}>
            {heading}
          </div>
          {entries.map((entry) => (
            <div
              key={entry.id}
              id={optionId(entry)}
              role="option"
              tabIndex={-1}
              aria-selected={entry.id === active?.id}
              className={classes.option}
              onPointerMove={() => {
                if (entry.id !== active?.id) onHover(entry);
              }}
              onClick={() => onChoose(entry)}
              onKeyDown={(event) => {
                if (event.key === "Enter") onChoose(entry);
              }}
            >
              <Words entry={entry} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Words({ entry: { label, detail, icon, shortcut, isLocked } }: { entry: Entry }) {
  return (
    <>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.label}>
        {label}
        {detail && <span className={classes.detail}>{detail}</span>}
      </span>
      {isLocked && (
        <span className={classes.locked}>
          <LockIcon aria-hidden size={14} />
          {text.shell.locked}
        </span>
      )}
      {shortcut && !isLocked && <ShortcutKeys shortcut={shortcut} />}
    </>
  );
}
