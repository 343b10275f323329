import { NumberInput, SegmentedControl, Text } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

import { MOST_DAYS } from "@/api/analytics";
import { analytics } from "@/text/analytics";

import classes from "../analytics.module.css";
import { isPeriod, periods } from "../filters";

interface PeriodChoiceProps {
  days: number;
  onChange: (days: number) => void;
}

const QUIET_MS = 400;
const CUSTOM = "custom";
const words = analytics.filters;

/** How far back is counted: some usual lengths, or any other. */
export function PeriodChoice({ days, onChange }: PeriodChoiceProps) {
  const [wantsCustom, setWantsCustom] = useState(false);
  const isCustom = wantsCustom || !periods.includes(days);
  return (
    <div className={classes.period}>
      <SegmentedControl
        aria-label={words.period}
        className={classes.segments}
        value={isCustom ? CUSTOM : String(days)}
        data={[
          ...periods.map((period) => ({ value: String(period), label: words.days(period) })),
          { value: CUSTOM, label: words.custom },
        ]}
        onChange={(chosen) => {
          setWantsCustom(chosen === CUSTOM);
          if (chosen !== CUSTOM) onChange(Number(chosen));
        }}
      />
      {isCustom && <CustomDays key={String(wantsCustom)} days={days} onChange={onChange} />}
    </div>
  );
}

function CustomDays({ days, onChange }: PeriodChoiceProps) {
  const later = useDebouncedCallback(onChange, QUIET_MS);
  return (
    <div className={classes.custom}>
      <NumberInput
        aria-label={words.customDays}
        w={110}
        defaultValue={days}
        min={1}
        max={MOST_DAYS}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        onChange={(value) => {
          if (typeof value === "number" && isPeriod(value)) later(value);
        }}
      />
      <Text size="sm" c="dimmed">
        {words.daysUntilToday}
      </Text>
    </div>
  );
}
