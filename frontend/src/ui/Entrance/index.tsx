import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { text } from "@/text";

import { Mark } from "../Brand";
import { Initial } from "../Brand/Initial";
import classes from "./styles.module.css";

interface EntranceProps {
  /** Whose entrance this is; the product's own without one. */
  business?: string | undefined;
  heading: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

/** The page around what comes before the dashboard: one card in the middle. */
export function Entrance({ business, heading, lead, children }: EntranceProps) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        {business ? <Initial name={business} size={44} /> : <Mark size={44} />}
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
