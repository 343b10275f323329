import { Input } from "@mantine/core";
import type { ReactNode } from "react";

/** A label above what is no single input. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Input.Label component="div" aria-hidden mb={4}>
        {label}
      </Input.Label>
      {children}
    </div>
  );
}
