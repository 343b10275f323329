import { Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { SupportAccess } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { support } from "@/text/support";
import { dateAndTime } from "@/time/format";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorState } from "@/ui/ErrorState";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";
import { Section } from "@/ui/Section";

import { supportSettingQuery, supportVisitsQuery, useAllowSupport } from "../support-queries";

const MINUTE_MS = 60_000;

/** What owners see of support, and whether it may come at all. */
export function Support() {
  const { data: visits, error, refetch } = useQuery(supportVisitsQuery);
  const columns = useColumns();
  return (
    <Section heading={support.heading} lead={support.lead}>
      <Permission />
      {!visits && error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          caption={support.visits}
          columns={columns}
          rows={visits}
          rowKey={({ id }) => id}
          empty={<Text c="dimmed">{support.none}</Text>}
        />
      )}
    </Section>
  );
}

function Permission() {
  const { data: isAllowed } = useQuery(supportSettingQuery);
  const allow = useAllowSupport();
  const change = (wanted: boolean) => {
    allow.mutate(wanted, {
      onSuccess: () => notifyDone(wanted ? support.allowed : support.refused),
      onError: (error) => notifyFailure(support.notChanged, error.message),
    });
  };
  return (
    <Switch
      mb="md"
      label={support.allow}
      checked={(allow.isPending ? allow.variables : isAllowed) ?? false}
      disabled={isAllowed === undefined || allow.isPending}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}

function useColumns(): Column<SupportAccess>[] {
  const { business } = useViewer();
  const { columns } = support;
  return [
    {
      key: "when",
      heading: columns.when,
      isTitle: true,
      cell: ({ started_at: startedAt }) => dateAndTime(new Date(startedAt), business.timezone),
    },
    { key: "by", heading: columns.by, cell: ({ by }) => by },
    { key: "as", heading: columns.as, cell: ({ acted_as: actedAs }) => actedAs },
    { key: "reason", heading: columns.reason, cell: ({ reason }) => reason },
    { key: "length", heading: columns.length, cell: lengthOf },
  ];
}

function lengthOf({ started_at: startedAt, ended_at: endedAt }: SupportAccess): string {
  if (!endedAt) return support.now;
  return support.minutes(Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / MINUTE_MS));
}
