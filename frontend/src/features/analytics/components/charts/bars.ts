export interface Series {
  key: string;
  label: string;
  color: string;
}

export interface Point {
  key: string;
  /** Below the axis. */
  tick: string;
  /** In the callout. */
  label: string;
  /** By the keys of the series. */
  values: Readonly<Record<string, number>>;
}

export interface BarsProps {
  /** What the picture shows, in a sentence. */
  label: string;
  points: readonly Point[];
  /** From the ground up. */
  series: readonly Series[];
  shown: (value: number) => string;
  /** Along the axis; `shown` without it. */
  shownRoughly?: (value: number) => string;
}
