import { useDocumentTitle } from "@mantine/hooks";
import LockIcon from "lucide-react/icons/lock";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { QuotaNotice } from "@/plan/QuotaNotice";
import { text } from "@/text";
import { services as servicesText } from "@/text/services";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

import { ServiceForm } from "./components/ServiceForm";
import { useCanManage } from "./useCanManage";

/** A service to be added. */
export function Component() {
  const { business } = useViewer();
  const canManage = useCanManage();
  useDocumentTitle(text.title(servicesText.form.newTitle, business.name));
  return (
    <>
      <BackLink to={paths.services}>{servicesText.title}</BackLink>
      <PageHeader heading={servicesText.form.newTitle} />
      {canManage ? (
        <>
          <QuotaNotice quota="max_services" />
          <ServiceForm service={null} />
        </>
      ) : (
        <EmptyState icon={<LockIcon aria-hidden size={22} />} heading={servicesText.notForStaff}>
          {servicesText.emptyForStaff}
        </EmptyState>
      )}
    </>
  );
}
