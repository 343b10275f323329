import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./styles.module.css";

interface EmptyStateProps {
  icon: ReactNode;
  heading: string;
  children: ReactNode;
  action?: ReactNode;
  role?: "alert";
  /** The level of the heading: 1 where nothing else is on the screen. */
  level?: 1 | 2 | 3;
}

/** Takes the place of what is not there, and says what would be. */
export function EmptyState({ icon, heading, children, action, role, level = 2 }: EmptyStateProps) {
  return (
    <div className={classes.state} role={role}>
      <span className={classes.icon}>{icon}</span>
      <Title order={level} size="h4">
        {heading}
      </Title>
      <Text c="dimmed">{children}</Text>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
