import { Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

import classes from "../analytics.module.css";

interface SectionProps {
  heading: string;
  /** What the figures of the section are about. */
  about?: string | undefined;
  /** Whether the figures shown are about to be replaced. */
  isPending?: boolean;
  children: ReactNode;
}

/** Figures that belong together. */
export function Section({ heading, about, isPending = false, children }: SectionProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} aria-busy={isPending} className={classes.section}>
      <header className={classes.sectionHead}>
        <Title order={2} size="h4" id={headingId}>
          {heading}
        </Title>
        <Text size="sm" c="dimmed" className={classes.about}>
          {about}
        </Text>
      </header>
      <div className={classes.content} data-pending={isPending || undefined}>
        {children}
      </div>
    </section>
  );
}
