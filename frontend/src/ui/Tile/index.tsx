import { Skeleton, Text } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./styles.module.css";

interface TileProps {
  label: string;
  /** Undefined until known; the tile keeps its size. */
  value: string | undefined;
  /** What the figure counts, in words; undefined where these too are not known yet. */
  definition: string | undefined;
  /** How it compares with another figure; null keeps its place until that is known. */
  comparison?: ReactNode;
}

/** One figure with its definition. It belongs into a Tiles. */
export function Tile({ label, value, definition, comparison }: TileProps) {
  return (
    <div className={classes.tile}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.about}>
        <span className={classes.value}>{value ?? <Skeleton component="span" h={24} w={96} my={4} display="block" />}</span>
        {comparison !== undefined && <span className={classes.comparison}>{comparison}</span>}
        <Text component="span" size="sm" className={classes.definition}>
          {definition ?? <Skeleton component="span" h={14} my={3} w="70%" display="block" />}
        </Text>
      </dd>
    </div>
  );
}

/** Tiles side by side, as many as fit. */
export function Tiles({ children }: { children: ReactNode }) {
  return <dl className={classes.tiles}>{children}</dl>;
}
