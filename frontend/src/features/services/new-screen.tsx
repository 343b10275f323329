import { useDocumentTitle } from "@mantine/hooks";
import LockIcon from "lucide-react/icons/lock";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { QuotaNotice } from "@/plan/QuotaNotice";
import { text } from "@/text";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

import { ServiceForm } from "./components/ServiceForm";
import { useCanManage } from "./useCanManage";

/** A service to be added. */
export function Component() {
  const { business } = useViewer();
  const canManage = useCanManage();
  useDocumentTitle(text.title(text.services.form.newTitle, business.name));
  return (
    <>
      <BackLink to={paths.services}>{text.services.title}</BackLink>
      <PageHeader heading={text.services.form.newTitle} />
      {canManage ? (
        <>
          <QuotaNotice quota="max_services" />
          <ServiceForm service={null} />
        </>
      ) : (
        <EmptyState icon={<LockIcon aria-hidden size={22} />} heading={text.services.notForStaff}>
          {text.services.emptyForStaff}
        </EmptyState>
      )}
    </>
  );
}
