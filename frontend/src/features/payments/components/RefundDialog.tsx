import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";

import type { Transaction } from "@/api/shapes";
import { payments as paymentsText } from "@/text/payments";
import { money } from "@/text/money";
import { FormDialog } from "@/ui/FormDialog";
import { FormProblem } from "@/ui/FormProblem";

import { useRefundForm } from "../useRefundForm";
import { AmountField } from "./AmountField";

interface RefundDialogProps {
  payment: Transaction;
  opened: boolean;
  onClose: () => void;
}

/** Asks how much of a payment is given back, before it is. */
export function RefundDialog({ payment, opened, onClose }: RefundDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} heading={paymentsText.refunding.heading}>
      <RefundForm payment={payment} onDone={onClose} />
    </FormDialog>
  );
}

function RefundForm({ payment, onDone }: { payment: Transaction; onDone: () => void }) {
  const { form, cents, left, problem, waitSeconds, isSending, send } = useRefundForm(payment, onDone);
  const { refunding } = paymentsText;
  const { currency, amount_cents, refunded_cents } = payment;
  const shown = (amount: number) => money(amount, currency);
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{refunding.body}</Text>
        {problem && <FormProblem heading={refunding.problem} error={problem} waitSeconds={waitSeconds} />}
        <Text fw={550}>{refunding.summary(shown(amount_cents), shown(refunded_cents), shown(left))}</Text>
        <Radio.Group label={refunding.howMuch} {...form.getInputProps("extent")}>
          <Stack gap={8} mt={6}>
            <Radio value="whole" label={refunding.whole(shown(left))} data-autofocus />
            <Radio value="part" label={refunding.part} />
          </Stack>
        </Radio.Group>
        {form.values.extent === "part" && (
          <AmountField
            label={refunding.amount}
            currency={currency}
            value={form.values.amount}
            error={form.errors.amount}
            onChange={(typed) => form.setFieldValue("amount", typed)}
          />
        )}
        <TextInput
          label={refunding.reason}
          description={refunding.reasonHint}
          maxLength={300}
          {...form.getInputProps("reason")}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onDone}>
            {refunding.keep}
          </Button>
          <Button type="submit" color="red" loading={isSending} disabled={waitSeconds > 0 || left === 0}>
            {refunding.submit(shown(Math.max(0, cents)))}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
