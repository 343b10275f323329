import { NumberInput, type NumberInputProps } from "@mantine/core";

import { services as servicesText } from "@/text/services";

/** A number of minutes. What is out of range is told, not silently changed. */
export function MinutesInput(props: NumberInputProps) {
  return (
    <NumberInput
      suffix={` ${servicesText.form.minutes}`}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      step={5}
      {...props}
    />
  );
}
