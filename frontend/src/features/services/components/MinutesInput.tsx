import { NumberInput, type NumberInputProps } from "@mantine/core";

import { text } from "@/text";

/** A number of minutes. What is out of range is told, not silently changed. */
export function MinutesInput(props: NumberInputProps) {
  return (
    <NumberInput
      suffix={` ${text.services.form.minutes}`}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      step={5}
      {...props}
    />
  );
}
