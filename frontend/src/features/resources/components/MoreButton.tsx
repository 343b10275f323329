import { Button } from "@mantine/core";

import classes from "./Rows.module.css";

interface MoreButtonProps {
  /** Given where the same button hides it again. */
  isExpanded?: boolean;
  onClick: () => void;
  children: string;
}

/** Shows what is left out at first. */
export function MoreButton({ isExpanded, onClick, children }: MoreButtonProps) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.moreButton}
      {...(isExpanded !== undefined && { "aria-expanded": isExpanded })}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
