import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { text } from "@/text";

import { Mark } from "../Brand";
import classes from "./styles.module.css";

interface EntranceProps {
  heading: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

/** The page around what comes before the dashboard: one card in the middle. */
export function Entrance({ heading, lead, children }: EntranceProps) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Mark size={40} />
        <div>
          <Title order={1} size="h2">
            {heading}
          </Title>
          {lead && (
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        {children}
      </div>
      <Text size="sm" c="dimmed">
        {text.product}
      </Text>
    </main>
  );
}
