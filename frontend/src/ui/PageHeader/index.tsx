import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./styles.module.css";

interface PageHeaderProps {
  heading: string;
  overline?: string;
  children?: ReactNode;
}

/** The head of a screen: its heading, and what is said about it. */
export function PageHeader({ heading, overline, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      {overline && (
        <Text size="sm" fw={600} className={classes.overline}>
          {overline}
        </Text>
      )}
      <Title order={1} className={classes.heading}>
        {heading}
      </Title>
      {children}
    </header>
  );
}
