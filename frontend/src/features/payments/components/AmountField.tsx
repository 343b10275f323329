import { NumberInput } from "@mantine/core";
import type { ReactNode } from "react";

import { decimalsOf, majorUnits, MOST_CENTS } from "@/text/money";

interface AmountFieldProps {
  label: string;
  currency: string;
  /** As it was typed: a number, or an empty text. */
  value: number | string;
  onChange: (value: number | string) => void;
  description?: ReactNode;
  error?: ReactNode;
}

/** An amount of money in the major units of its currency. */
export function AmountField({ currency, ...field }: AmountFieldProps) {
  const decimals = decimalsOf(currency);
  return (
    <NumberInput
      {...field}
      min={0}
      max={majorUnits(MOST_CENTS, currency)}
      clampBehavior="strict"
      allowNegative={false}
      decimalScale={decimals}
      fixedDecimalScale
      thousandSeparator=","
      suffix={` ${currency}`}
      hideControls
      inputMode={decimals === 0 ? "numeric" : "decimal"}
    />
  );
}
