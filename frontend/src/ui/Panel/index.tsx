import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

import classes from "./styles.module.css";

interface PanelProps {
  heading: string;
  children: ReactNode;
}

/** A part of a screen with a heading of its own. */
export function Panel({ heading, children }: PanelProps) {
  const headingId = useId();
  return (
    <section className={classes.panel} aria-labelledby={headingId}>
      <Title order={2} size="h5" id={headingId}>
        {heading}
      </Title>
      {children}
    </section>
  );
}
