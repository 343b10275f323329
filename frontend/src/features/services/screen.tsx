import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";
import { generatePath, useNavigate } from "react-router";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { QuotaButton } from "@/plan/QuotaButton";
import { QuotaNotice } from "@/plan/QuotaNotice";
import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";

import { ServiceList } from "./components/ServiceList";
import { useCanManage } from "./useCanManage";

/** Everything customers book. */
export function Component() {
  const { business } = useViewer();
  const canManage = useCanManage();
  const navigate = useNavigate();
  const { data: services, error, refetch } = useQuery(servicesQuery);
  const { data: resources } = useQuery(resourcesQuery);
  useDocumentTitle(text.title(text.services.title, business.name));
  const open = ({ id }: Service) => void navigate(generatePath(paths.service, { serviceId: String(id) }));
  const add = canManage && (
    <QuotaButton
      quota="max_services"
      leftSection={<PlusIcon aria-hidden size={16} />}
      onClick={() => void navigate(paths.newService)}
    >
      {text.services.add}
    </QuotaButton>
  );
  return (
    <>
      <PageHeader heading={text.services.title} action={add}>
        <Text c="dimmed">{text.services.lead}</Text>
      </PageHeader>
      {canManage && <QuotaNotice quota="max_services" />}
      {error && !services ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ServiceList services={services} resources={resources} onOpen={open} add={add} />
      )}
    </>
  );
}
