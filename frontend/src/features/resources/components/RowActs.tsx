import { ActionIcon } from "@mantine/core";
import PencilIcon from "lucide-react/icons/pencil";
import Trash2Icon from "lucide-react/icons/trash-2";

import classes from "./Rows.module.css";

interface RowActsProps {
  editLabel: string;
  removeLabel: string;
  onEdit: () => void;
  onRemove: () => void;
}

/** What can be done with one entry of a list. */
export function RowActs({ editLabel, removeLabel, onEdit, onRemove }: RowActsProps) {
  return (
    <div className={classes.acts}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={editLabel} onClick={onEdit}>
        <PencilIcon aria-hidden size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={removeLabel} onClick={onRemove}>
        <Trash2Icon aria-hidden size={16} />
      </ActionIcon>
    </div>
  );
}
