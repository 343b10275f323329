import { useForm } from "@mantine/form";

import { ApiError } from "@/api/api-error";
import type { Transaction } from "@/api/shapes";
import { useAttemptKey } from "@/booking/useAttemptKey";
import { payments as paymentsText } from "@/text/payments";
import { minorUnits, money } from "@/text/money";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";

import { useRefund } from "./queries";
import { leftOf } from "./totals";

interface Values {
  /** All that is left, or a part of it. */
  extent: string;
  amount: number | string;
  reason: string;
}

/** The form that refunds a payment. `cents` is what would be given back, `left` the most that can be. */
export function useRefundForm(payment: Transaction, onDone: () => void) {
  const refund = useRefund();
  const keyOf = useAttemptKey();
  const waitSeconds = useWait(refund.error);
  const { refunding } = paymentsText;
  const { id, currency, customer_name } = payment;
  const left = leftOf(payment);
  const centsOf = ({ extent, amount }: Values) => (extent === "whole" ? left : minorUnits(Number(amount), currency));
  const form = useForm<Values>({
    initialValues: { extent: "whole", amount: "", reason: "" },
    validate: {
      amount: (_, values) => {
        if (!(centsOf(values) > 0)) return refunding.required;
        return centsOf(values) > left ? refunding.most(money(left, currency)) : null;
      },
    },
  });
  const send = form.onSubmit((values) => {
    const body = { id, amount_cents: centsOf(values), reason: values.reason.trim() };
    refund.mutate(
      { body, key: keyOf(body) },
      {
        onSuccess: () => {
          notifyDone(refunding.done(money(body.amount_cents, currency), customer_name));
          onDone();
        },
        onError: (error) => {
          const { amount_cents: amount, ...others } = fieldErrors(error, ["amount_cents", "reason"]);
          form.setErrors({ ...others, ...(amount && { amount }) });
        },
      },
    );
  });
  const problem = problemOf(refund.error);
  return { form, cents: centsOf(form.values), left, problem, waitSeconds, isSending: refund.isPending, send };
}

/** Returns what is said above the form; nothing where the fields say it. */
function problemOf(error: Error | null): Error | null {
  if (!(error instanceof ApiError)) return error;
  if (Object.keys(error.errors).length > 0) return null;
  const { status, code } = error;
  return code === "refund_exceeds_payment" ? new ApiError({ status, code, detail: paymentsText.refunding.less }) : error;
}
