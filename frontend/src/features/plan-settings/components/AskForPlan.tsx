import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import type { Plan } from "@/api/shapes";
import type { FeatureKey } from "@/plan/keys";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { plainMoney } from "@/text/money";
import { FormDialog } from "@/ui/FormDialog";
import { FormProblem } from "@/ui/FormProblem";
import { notifyDone } from "@/ui/notifyDone";

import { differenceOf } from "../compare";
import { useAskForPlan } from "../queries";
import classes from "./Plans.module.css";
import { warningsOf } from "./warnings";

interface AskForPlanProps {
  /** Null while none is asked for. */
  plan: Plan | null;
  current: Plan | undefined;
  /** What somebody wants the plan for. */
  feature: FeatureKey | undefined;
  onClose: () => void;
}

/** Says what another plan would bring and take, and asks for it. */
export function AskForPlan({ plan, ...others }: AskForPlanProps) {
  const [last, setLast] = useState(plan);
  if (plan !== null && plan !== last) setLast(plan);
  return (
    <FormDialog opened={plan !== null} onClose={others.onClose} heading={text.plans.form.heading(last?.name ?? "")}>
      {last && <AskForm plan={last} {...others} />}
    </FormDialog>
  );
}

function AskForm({ plan, current, feature, onClose }: AskForPlanProps & { plan: Plan }) {
  const words = text.plans.form;
  const ask = useAskForPlan();
  const form = useForm({ mode: "uncontrolled", initialValues: { note: "" } });
  const send = form.onSubmit(({ note }) => {
    const about = feature && plan.features.includes(feature) ? feature : "";
    ask.mutate(
      { plan: plan.key, feature: about, note },
      {
        onSuccess: () => {
          notifyDone(words.sent(plan.name));
          onClose();
        },
      },
    );
  });
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {ask.error && <FormProblem heading={words.failed} error={ask.error} waitSeconds={0} />}
        <Text c="dimmed">{words.lead(plainMoney(plan.price_cents, plan.currency))}</Text>
        <Changes plan={plan} current={current} />
        <Textarea
          key={form.key("note")}
          {...form.getInputProps("note")}
          label={words.note}
          description={words.noteHint}
          maxLength={1000}
          autosize
          minRows={2}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={ask.isPending} data-autofocus>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Changes({ plan, current }: { plan: Plan; current: Plan | undefined }) {
  const standing = usePlanFeatures();
  const difference = differenceOf(plan, current, standing);
  const gains = difference.gains.map((key) => standing.explain(key)?.name ?? key);
  const warnings = warningsOf(difference, standing);
  return (
    <>
      {gains.length > 0 && (
        <Text>
          <strong>{text.plans.form.gains}:</strong> {gains.join(", ")}
        </Text>
      )}
      {warnings.length > 0 && (
        <ul className={classes.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  );
}
