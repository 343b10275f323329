import type { Resource } from "@/api/shapes";
import { text } from "@/text";
import { FormDialog } from "@/ui/FormDialog";

import { ResourceForm } from "./ResourceForm";

interface ResourceDialogProps {
  opened: boolean;
  /** Null to add one. */
  resource: Resource | null;
  onClose: () => void;
  onDone: (resource: Resource) => void;
}

/** Adds a resource, or changes what is said about one. */
export function ResourceDialog({ opened, resource, onClose, onDone }: ResourceDialogProps) {
  const { addHeading, editHeading } = text.resources.form;
  return (
    <FormDialog opened={opened} onClose={onClose} heading={resource ? editHeading(resource.name) : addHeading}>
      <ResourceForm
        resource={resource}
        onCancel={onClose}
        onDone={(saved) => {
          onClose();
          onDone(saved);
        }}
      />
    </FormDialog>
  );
}
