import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { PlanRequest } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { shortDate } from "@/time/format";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { lastRequestQuery, useWithdraw } from "../queries";
import classes from "./PlanCard.module.css";

/** What an owner asked for last, while it is open or was declined. A plan that was granted speaks for itself. */
export function RequestNotice() {
  const { user, business } = useViewer();
  const { data: request } = useQuery({ ...lastRequestQuery, enabled: user.role === "owner" });
  if (request?.state !== "open" && request?.state !== "declined") return null;
  const isOpen = request.state === "open";
  const words = text.plans.request;
  const at = shortDate(new Date(request.decided_at ?? request.created_at), business.timezone);
  return (
    <div className={classes.request} role="status">
      <div>
        <Text fw={570}>
          {isOpen ? words.open(request.plan_name, at) : words.declined(request.plan_name, at)}
        </Text>
        <Text size="sm" c="dimmed">
          {isOpen ? words.openHint : words.declinedHint}
        </Text>
      </div>
      {isOpen && <Withdraw request={request} />}
    </div>
  );
}

function Withdraw({ request }: { request: PlanRequest }) {
  const withdraw = useWithdraw();
  const words = text.plans.request;
  return (
    <Button
      variant="default"
      loading={withdraw.isPending}
      aria-label={words.withdrawNamed(request.plan_name)}
      onClick={() => {
        withdraw.mutate(request, {
          onSuccess: () => notifyDone(words.withdrawn(request.plan_name)),
          onError: (error) => notifyFailure(words.notWithdrawn, error.message),
        });
      }}
    >
      {words.withdraw}
    </Button>
  );
}
