import { Input, NumberInput, type NumberInputProps, Select } from "@mantine/core";
import { type ReactNode, useId } from "react";

import { text } from "@/text";
import { Section } from "@/ui/Section";

import { LIMITS, NOTICE_UNITS, type NoticeUnit } from "../form";
import classes from "../services.module.css";
import { MinutesInput } from "./MinutesInput";
import type { ServiceFormState } from "./ServiceForm";

const words = text.services.form;
type InputProps = Pick<NumberInputProps, "value" | "onChange" | "onBlur" | "onFocus"> & { error?: ReactNode };

/** Which starts are offered, and between when and when. */
export function Rules({ form }: { form: ServiceFormState }) {
  const noticeId = useId();
  const { error, ...notice } = form.getInputProps("notice") as InputProps;
  return (
    <Section heading={words.rules}>
      <div className={classes.fields}>
        <MinutesInput
          label={words.step}
          min={LIMITS.step[0]}
          max={LIMITS.step[1]}
          {...form.getInputProps("step")}
        />
        <Input.Wrapper label={words.notice} id={noticeId} error={error}>
          <div className={classes.pair}>
            <NumberInput
              id={noticeId}
              min={0}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="none"
              hideControls
              {...notice}
              error={Boolean(error)}
            />
            <Select
              aria-label={words.noticeUnit}
              allowDeselect={false}
              data={(Object.keys(NOTICE_UNITS) as NoticeUnit[]).map((value) => ({
                value,
                label: words.noticeUnits[value],
              }))}
              {...form.getInputProps("noticeUnit")}
            />
          </div>
        </Input.Wrapper>
        <NumberInput
          label={words.advance}
          min={LIMITS.advance[0]}
          max={LIMITS.advance[1]}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          hideControls
          suffix={` ${words.days}`}
          {...form.getInputProps("advance")}
        />
      </div>
    </Section>
  );
}
