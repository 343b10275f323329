import { Button, Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import TagIcon from "lucide-react/icons/tag";
import { Link, useNavigate, useParams } from "react-router";

import { servicesQuery } from "@/api/scheduling";
import type { Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";
import { StateTag } from "@/ui/StateTag";

import { ServiceActs } from "./components/ServiceActs";
import { ServiceFacts } from "./components/ServiceFacts";
import { ServiceForm } from "./components/ServiceForm";
import classes from "./services.module.css";
import { useCanManage } from "./useCanManage";

/** One service: to be changed by those who may, to be read by the others. */
export function Component() {
  const { business } = useViewer();
  const { serviceId } = useParams();
  const { data: services, error, refetch } = useQuery(servicesQuery);
  const service = services?.find(({ id }) => String(id) === serviceId);
  useDocumentTitle(text.title(service?.name ?? text.services.title, business.name));
  if (service) return <Loaded key={service.id} service={service} />;
  if (services) return <NotFound />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton h={32} w={220} mb={32} />
      <div className={classes.columns}>
        <Skeleton h={480} radius={14} />
        <Skeleton h={240} radius={14} />
      </div>
    </div>
  );
}

function Loaded({ service }: { service: Service }) {
  const canManage = useCanManage();
  const navigate = useNavigate();
  const isActive = service.is_active ?? true;
  return (
    <>
      <BackLink to={paths.services}>{text.services.title}</BackLink>
      <PageHeader
        heading={service.name}
        action={canManage && <ServiceActs service={service} onDeleted={() => void navigate(paths.services)} />}
      >
        <div>
          <StateTag isOn={isActive}>{isActive ? text.services.active : text.services.inactive}</StateTag>
        </div>
      </PageHeader>
      {!isActive && <p className={classes.notice}>{text.services.offNotice}</p>}
      {canManage ? <ServiceForm service={service} /> : <ServiceFacts service={service} />}
    </>
  );
}

function NotFound() {
  return (
    <EmptyState
      level={1}
      icon={<TagIcon aria-hidden size={22} />}
      heading={text.services.notFoundHeading}
      action={
        <Button component={Link} to={paths.services} variant="default">
          {text.services.toAll}
        </Button>
      }
    >
      {text.services.notFound}
    </EmptyState>
  );
}
