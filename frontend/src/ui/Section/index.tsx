import { Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

import classes from "./styles.module.css";

interface SectionProps {
  heading: string;
  lead?: ReactNode;
  /** What can be done with the section as a whole. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a screen on a surface of its own: its heading, what is said about it, and what can be done with it. */
export function Section({ heading, lead, action, children }: SectionProps) {
  const headingId = useId();
  return (
    <section className={classes.section} aria-labelledby={headingId}>
      <header className={classes.head}>
        <div className={classes.words}>
          <Title order={2} size="h5" id={headingId}>
            {heading}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
