import { Text } from "@mantine/core";

import { useViewer } from "@/api/viewer";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import classes from "./PlanCard.module.css";
import { RequestNotice } from "./RequestNotice";

/** Which plan it is, and how it changes. */
export function PlanCard() {
  const { user, business } = useViewer();
  const { plan } = usePlanFeatures();
  return (
    <section className={classes.card}>
      <Text size="sm" c="dimmed">
        {text.plan.yours}
      </Text>
      <Text className={classes.name}>{plan?.name ?? text.plan.none}</Text>
      <Text size="sm" c="dimmed" mt={8}>
        {user.role === "owner" ? text.plan.howToChange : text.plans.onlyOwner(business.name)}
      </Text>
      <RequestNotice />
    </section>
  );
}
