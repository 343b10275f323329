import { Button, Group, Text } from "@mantine/core";
import ChevronLeftIcon from "lucide-react/icons/chevron-left";
import ChevronRightIcon from "lucide-react/icons/chevron-right";

import { text } from "@/text";

import classes from "./styles.module.css";

interface PagerProps {
  page: number;
  pageSize: number;
  /** The rows of all pages; undefined until known. */
  count: number | undefined;
  onPage: (page: number) => void;
}

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ page, pageSize, count, onPage }: PagerProps) {
  if (count === undefined || count === 0) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, count);
  return (
    <nav className={classes.pager} aria-label={text.table.pages}>
      <Text size="sm" c="dimmed" role="status">
        {text.table.range(first, last, count)}
      </Text>
      {count > pageSize && (
        <Group gap={8}>
          <Button
            variant="default"
            size="compact-md"
            disabled={page <= 1}
            leftSection={<ChevronLeftIcon aria-hidden size={16} />}
            onClick={() => {
              onPage(page - 1);
            }}
          >
            {text.table.previous}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            disabled={last >= count}
            rightSection={<ChevronRightIcon aria-hidden size={16} />}
            onClick={() => {
              onPage(page + 1);
            }}
          >
            {text.table.next}
          </Button>
        </Group>
      )}
    </nav>
  );
}
