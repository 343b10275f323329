import { Button, Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import UsersIcon from "lucide-react/icons/users";
import { Link, useParams } from "react-router";

import { resourcesQuery } from "@/api/scheduling";
import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { hours as hoursText } from "@/text/hours";
import { resources as resourcesText } from "@/text/resources";
import { zoneName } from "@/time/format";
import { useNow } from "@/time/useNow";
import { BackLink } from "@/ui/BackLink";
import { ColorName } from "@/ui/ColorName";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";
import { StateTag } from "@/ui/StateTag";

import { Details } from "./components/Details";
import { OtherDates } from "./components/OtherDates";
import { Performs } from "./components/Performs";
import { ResourceActs } from "./components/ResourceActs";
import { ResourceWeek } from "./components/ResourceWeek";
import { TimeOffSection } from "./components/TimeOffSection";
import classes from "./resources.module.css";
import { useCanManage } from "./useCanManage";

const CLOCK_RENEWED_MS = 60_000;

/** One resource: what it is, when it works, when it is away, what it performs. */
export function Component() {
  const { business } = useViewer();
  const { resourceId } = useParams();
  const { data: resources, error, refetch } = useQuery(resourcesQuery);
  const resource = resources?.find(({ id }) => String(id) === resourceId);
  useDocumentTitle(text.title(resource?.name ?? resourcesText.title, business.name));
  if (resource) return <Loaded key={resource.id} resource={resource} />;
  if (resources) return <NotFound />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton h={32} w={220} mb={32} />
      <div className={classes.columns}>
        <Skeleton h={480} radius={14} />
        <Skeleton h={240} radius={14} className={classes.aside} />
      </div>
    </div>
  );
}

function Loaded({ resource }: { resource: Resource }) {
  const canManage = useCanManage();
  const { type = "staff", is_active: isActive = true } = resource;
  return (
    <>
      <BackLink to={paths.resources}>{resourcesText.title}</BackLink>
      <PageHeader heading={resource.name} action={canManage && <ResourceActs resource={resource} />}>
        <div className={classes.about}>
          <ColorName {...(resource.color && { color: resource.color })}>{resourcesText.types[type]}</ColorName>
          <StateTag isOn={isActive}>{isActive ? resourcesText.active : resourcesText.inactive}</StateTag>
        </div>
      </PageHeader>
      {!isActive && <p className={classes.notice}>{resourcesText.offNotice}</p>}
      <div className={classes.columns}>
        <div className={classes.column}>
          <ResourceWeek resourceId={resource.id} zoneNote={useZoneNote(resource)} />
          <OtherDates owner={resource.id} />
          <TimeOffSection owner={resource.id} />
        </div>
        <div className={`${classes.column} ${classes.aside}`}>
          <Details resource={resource} />
          <Performs resource={resource} />
        </div>
      </div>
    </>
  );
}

/** Hours are meant in the resource's zone; where that is not the business's, it is said. */
function useZoneNote({ timezone }: Resource): string | null {
  const { business } = useViewer();
  const now = useNow(CLOCK_RENEWED_MS);
  return timezone && timezone !== business.timezone ? hoursText.screen.zone(zoneName(now, timezone)) : null;
}

function NotFound() {
  return (
    <EmptyState
      level={1}
      icon={<UsersIcon aria-hidden size={22} />}
      heading={resourcesText.notFoundHeading}
      action={
        <Button component={Link} to={paths.resources} variant="default">
          {resourcesText.toAll}
        </Button>
      }
    >
      {resourcesText.notFound}
    </EmptyState>
  );
}
