import { Anchor } from "@mantine/core";
import { Link } from "react-router";

import { paths } from "@/paths";
import { resources as resourcesText } from "@/text/resources";

interface AheadProps {
  resourceId: number;
  /** Unknown where the server does not say. */
  count: number | undefined;
}

/** That appointments with a resource lie ahead, and where they are. */
export function Ahead({ resourceId, count }: AheadProps) {
  const { ahead, unknownAhead, show } = resourcesText.off;
  return (
    <>
      {count === undefined ? unknownAhead : ahead(count)}{" "}
      <Anchor component={Link} to={`${paths.appointments}?resource=${resourceId}`} inherit>
        {show}
      </Anchor>
    </>
  );
}
