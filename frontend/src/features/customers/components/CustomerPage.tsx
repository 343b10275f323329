import { Button, Group, Text } from "@mantine/core";
import CalendarPlusIcon from "lucide-react/icons/calendar-plus";
import PencilIcon from "lucide-react/icons/pencil";
import { useState } from "react";

import type { Customer } from "@/api/shapes";
import { useBookingDesk } from "@/booking/desk";
import { QuotaButton } from "@/plan/QuotaButton";
import { text } from "@/text";
import { PageHeader } from "@/ui/PageHeader";
import { StateTag } from "@/ui/StateTag";

import { Contact } from "./Contact";
import { CustomerDialog } from "./CustomerDialog";
import { CustomerMenu } from "./CustomerMenu";
import { CustomerPayments } from "./CustomerPayments";
import classes from "./customer.module.css";
import { Figures } from "./Figures";
import { History } from "./History";
import { Notes } from "./Notes";

export function CustomerPage({ customer }: { customer: Customer }) {
  const desk = useBookingDesk();
  const [isEditing, setEditing] = useState(false);
  const isActive = customer.is_active !== false;
  const words = text.customers.one;
  return (
    <>
      <PageHeader
        heading={customer.name}
        action={
          <Group gap={8}>
            {isActive && (
              <QuotaButton
                quota="max_appointments"
                leftSection={<CalendarPlusIcon aria-hidden size={16} />}
                onClick={() => desk.book({ customerId: customer.id })}
              >
                {words.book}
              </QuotaButton>
            )}
            <Button
              variant="default"
              leftSection={<PencilIcon aria-hidden size={16} />}
              onClick={() => setEditing(true)}
            >
              {words.edit}
            </Button>
            <CustomerMenu customer={customer} />
          </Group>
        }
      >
        <Contact customer={customer} />
        {!isActive && (
          <Group gap={10} mt={8}>
            <StateTag isOn={false}>{words.inactive}</StateTag>
            <Text size="sm" c="dimmed">
              {words.inactiveNote}
            </Text>
          </Group>
        )}
      </PageHeader>
      <div className={classes.page}>
        <div className={classes.notes}>
          <Notes customer={customer} />
        </div>
        <div className={classes.main}>
          <Figures customerId={customer.id} />
          <History customer={customer} />
        </div>
        <div className={classes.payments}>
          <CustomerPayments customerId={customer.id} />
        </div>
      </div>
      <CustomerDialog opened={isEditing} customer={customer} onClose={() => setEditing(false)} />
    </>
  );
}
