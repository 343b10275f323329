import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import CompassIcon from "lucide-react/icons/compass";
import { Link } from "react-router";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";

/** What an address without a screen shows. */
export function NotFound() {
  const { business } = useViewer();
  useDocumentTitle(text.title(text.errors.notFoundHeading, business.name));
  return (
    <EmptyState
      level={1}
      icon={<CompassIcon aria-hidden size={22} />}
      heading={text.errors.notFoundHeading}
      action={
        <Button component={Link} to={paths.today} variant="default">
          {text.errors.toToday}
        </Button>
      }
    >
      {text.errors.notFound}
    </EmptyState>
  );
}
