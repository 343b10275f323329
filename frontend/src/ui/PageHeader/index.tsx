import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./styles.module.css";

interface PageHeaderProps {
  heading: string;
  overline?: string;
  /** What can be done with the screen as a whole. */
  action?: ReactNode;
  children?: ReactNode;
}

/** The head of a screen: its heading, what is said about it, and what can be done there. */
export function PageHeader({ heading, overline, action, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {overline && (
          <Text size="sm" fw={600} className={classes.overline}>
            {overline}
          </Text>
        )}
        <Title order={1} className={classes.heading}>
          {heading}
        </Title>
        {children}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </header>
  );
}
