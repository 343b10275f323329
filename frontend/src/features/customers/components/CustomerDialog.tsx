import type { Customer } from "@/api/shapes";
import { text } from "@/text";
import { FormDialog } from "@/ui/FormDialog";

import { CustomerForm } from "./CustomerForm";

interface CustomerDialogProps {
  opened: boolean;
  /** Who is changed; without one a customer is added. */
  customer?: Customer;
  onClose: () => void;
  onSaved?: (customer: Customer) => void;
}

export function CustomerDialog({ opened, customer, onClose, onSaved }: CustomerDialogProps) {
  const { form } = text.customers;
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      heading={customer ? form.editHeading(customer.name) : form.newHeading}
    >
      <CustomerForm
        customer={customer}
        onCancel={onClose}
        onSaved={(saved) => {
          onClose();
          onSaved?.(saved);
        }}
      />
    </FormDialog>
  );
}
