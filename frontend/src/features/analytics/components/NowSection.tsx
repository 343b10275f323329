import { useQuery } from "@tanstack/react-query";

import { figuresQuery } from "@/api/analytics";
import { analytics } from "@/text/analytics";
import { ErrorState } from "@/ui/ErrorState";

import { BusinessNow } from "./BusinessNow";
import { Section } from "./Section";

/** The business at this moment. */
export function NowSection() {
  const { data, error, refetch } = useQuery(figuresQuery);
  return (
    <Section heading={analytics.now.heading}>
      {!data && error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusinessNow figures={data} />
      )}
    </Section>
  );
}
