import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";
import { useState } from "react";
import { generatePath, useNavigate } from "react-router";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { QuotaButton } from "@/plan/QuotaButton";
import { QuotaNotice } from "@/plan/QuotaNotice";
import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";

import { ResourceDialog } from "./components/ResourceDialog";
import { ResourceList } from "./components/ResourceList";
import { Tabs } from "./components/Tabs";
import { useCanManage } from "./useCanManage";

/** All staff, rooms and equipment. */
export function Component() {
  const { business } = useViewer();
  const canManage = useCanManage();
  const navigate = useNavigate();
  const { data: resources, error, refetch } = useQuery(resourcesQuery);
  const { data: services } = useQuery(servicesQuery);
  const [isAdding, setIsAdding] = useState(false);
  useDocumentTitle(text.title(text.resources.title, business.name));
  const open = ({ id }: Resource) => void navigate(generatePath(paths.resource, { resourceId: String(id) }));
  const add = canManage && (
    <QuotaButton
      quota="max_resources"
      leftSection={<PlusIcon aria-hidden size={16} />}
      onClick={() => {
        setIsAdding(true);
      }}
    >
      {text.resources.add}
    </QuotaButton>
  );
  return (
    <>
      <PageHeader heading={text.resources.title} action={add}>
        <Text c="dimmed">{text.resources.lead}</Text>
      </PageHeader>
      <Tabs />
      {canManage && <QuotaNotice quota="max_resources" />}
      {error && !resources ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ResourceList resources={resources} services={services} onOpen={open} add={add} />
      )}
      <ResourceDialog
        opened={isAdding}
        resource={null}
        onClose={() => {
          setIsAdding(false);
        }}
        onDone={open}
      />
    </>
  );
}
