import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";

import { ApiError } from "@/api/api-error";
import type { Transaction } from "@/api/shapes";
import { useAttemptKey } from "@/booking/useAttemptKey";
import { text } from "@/text";
import { minorUnits, money } from "@/text/money";
import { FormDialog } from "@/ui/FormDialog";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";

import { useRefund } from "../queries";
import { leftOf } from "../totals";
import { AmountField } from "./AmountField";

interface RefundDialogProps {
  payment: Transaction;
  opened: boolean;
  onClose: () => void;
}

/** Asks how much of a payment is given back, before it is. */
export function RefundDialog({ payment, opened, onClose }: RefundDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} heading={text.payments.refunding.heading}>
      <RefundForm payment={payment} onDone={onClose} />
    </FormDialog>
  );
}

interface Values {
  extent: string;
  amount: number | string;
  reason: string;
}

function RefundForm({ payment, onDone }: { payment: Transaction; onDone: () => void }) {
  const refund = useRefund();
  const keyOf = useAttemptKey();
  const waitSeconds = useWait(refund.error);
  const { refunding } = text.payments;
  const { currency } = payment;
  const left = leftOf(payment);
  const centsOf = ({ extent, amount }: Values) => (extent === "whole" ? left : minorUnits(Number(amount), currency));
  const form = useForm<Values>({
    initialValues: { extent: "whole", amount: "", reason: "" },
    validate: {
      amount: (_, values) => {
        if (centsOf(values) <= 0) return refunding.required;
        return centsOf(values) > left ? refunding.most(money(left, currency)) : null;
      },
    },
  });
  const cents = centsOf(form.values);
  const send = form.onSubmit((values) => {
    const body = { id: payment.id, amount_cents: centsOf(values), reason: values.reason.trim() };
    refund.mutate(
      { body, key: keyOf(body) },
      {
        onSuccess: () => {
          notifyDone(refunding.done(money(body.amount_cents, currency), payment.customer_name));
          onDone();
        },
        onError: (error) => {
          const { amount_cents: amount, ...others } = fieldErrors(error, ["amount_cents", "reason"]);
          form.setErrors({ ...others, ...(amount && { amount }) });
        },
      },
    );
  });
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{refunding.body}</Text>
        {refund.error && <Problem error={refund.error} waitSeconds={waitSeconds} />}
        <Text fw={550}>
          {refunding.summary(
            money(payment.amount_cents, currency),
            money(payment.refunded_cents, currency),
            money(left, currency),
          )}
        </Text>
        <Radio.Group label={refunding.howMuch} {...form.getInputProps("extent")}>
          <Stack gap={8} mt={6}>
            <Radio value="whole" label={refunding.whole(money(left, currency))} data-autofocus />
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
          <Button type="submit" color="red" loading={refund.isPending} disabled={waitSeconds > 0 || left === 0}>
            {refunding.submit(money(Math.max(0, cents), currency))}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Problem({ error, waitSeconds }: { error: Error; waitSeconds: number }) {
  if (error instanceof ApiError && Object.keys(error.errors).length > 0) return null;
  const isLess = error instanceof ApiError && error.code === "refund_exceeds_payment";
  const told = isLess
    ? new ApiError({ status: error.status, code: error.code, detail: text.payments.refunding.less })
    : error;
  return <FormProblem heading={text.payments.refunding.problem} error={told} waitSeconds={waitSeconds} />;
}
