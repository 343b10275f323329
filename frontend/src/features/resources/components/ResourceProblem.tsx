import { List } from "@mantine/core";

import { ApiError } from "@/api/api-error";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, dateAndTime } from "@/time/format";
import { FormProblem } from "@/ui/FormProblem";

const MOST_NAMED = 3;

interface Overlap {
  start_at: string;
  end_at: string;
  depth: number;
}

/** Why a resource was not saved; where more is booked at once than its new capacity, when that is. */
export function ResourceProblem({ error }: { error: Error }) {
  const { timezone } = useViewer().business;
  const overlaps = overlapsIn(error).slice(0, MOST_NAMED);
  return (
    <div>
      <FormProblem heading={text.resources.form.failed} error={error} waitSeconds={0} />
      {overlaps.length > 0 && (
        <List size="sm" mt="xs">
          {overlaps.map(({ start_at, end_at, depth }) => (
            <List.Item key={start_at}>{text.resources.form.overlap(span(start_at, end_at, timezone), depth)}</List.Item>
          ))}
        </List>
      )}
    </div>
  );
}

const span = (start: string, end: string, zone: string) =>
  `${dateAndTime(new Date(start), zone)} – ${clockTime(new Date(end), zone)}`;

function overlapsIn(error: Error): Overlap[] {
  const named: unknown = error instanceof ApiError ? error.body.overlaps : undefined;
  return Array.isArray(named) ? named.filter(isOverlap) : [];
}

function isOverlap(item: unknown): item is Overlap {
  return (
    typeof item === "object" &&
    item !== null &&
    "start_at" in item &&
    typeof item.start_at === "string" &&
    "end_at" in item &&
    typeof item.end_at === "string" &&
    "depth" in item &&
    typeof item.depth === "number"
  );
}
