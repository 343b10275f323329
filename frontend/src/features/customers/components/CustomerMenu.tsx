import { ActionIcon, Menu } from "@mantine/core";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import PowerIcon from "lucide-react/icons/power";
import Trash2Icon from "lucide-react/icons/trash-2";
import { useState } from "react";
import { useNavigate } from "react-router";

import { ApiError } from "@/api/api-error";
import type { Customer } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";
import { AskDialog, type Question } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useChange, useRemove } from "../queries";

type Asked = "remove" | "in-use" | null;

/** What is done seldom with a customer: switching them off and on, and deleting them. */
export function CustomerMenu({ customer }: { customer: Customer }) {
  const [asked, setAsked] = useState<Asked>(null);
  const remove = useRemove();
  const setActive = useSetActive(customer);
  const navigate = useNavigate();
  const isActive = customer.is_active !== false;
  const words = text.customers.one;
  const doRemove = () => {
    remove.mutate(customer.id, {
      onSuccess: () => {
        notifyDone(words.removed(customer.name));
        void navigate(paths.customers);
      },
      onError: (error) => {
        const isInUse = error instanceof ApiError && error.code === "in_use";
        setAsked(isInUse ? "in-use" : null);
        if (!isInUse) notifyFailure(words.notRemoved(customer.name), error.message);
      },
    });
  };
  const yes = () => {
    if (asked === "remove") {
      doRemove();
      return;
    }
    setActive(false);
    setAsked(null);
  };
  return (
    <>
      <Menu position="bottom-end" width={208}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more(customer.name)}>
            <EllipsisIcon aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<PowerIcon aria-hidden size={16} />} onClick={() => setActive(!isActive)}>
            {isActive ? words.deactivate : words.activate}
          </Menu.Item>
          <Menu.Item
            c="var(--red-ink)"
            leftSection={<Trash2Icon aria-hidden size={16} />}
            onClick={() => setAsked("remove")}
          >
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AskDialog
        question={questionOf(asked, customer)}
        isBusy={remove.isPending}
        onNo={() => setAsked(null)}
        onYes={yes}
      />
    </>
  );
}

function questionOf(asked: Asked, { name, is_active }: Customer): Question | null {
  const { askRemove, inUse } = text.customers.one;
  if (asked === "remove") return { ...askRemove, heading: askRemove.heading(name), isGrave: true };
  if (asked === null) return null;
  const { body, isInactive, yes, no } = inUse;
  const heading = inUse.heading(name);
  return is_active === false ? { heading, body: isInactive, no } : { heading, body, yes, no };
}

/** Switches a customer off and on; the toast has the way back. */
function useSetActive({ id, name }: Customer) {
  const change = useChange();
  const words = text.customers.one;
  const set = (is_active: boolean, isUndo = false) => {
    change.mutate(
      { id, is_active },
      {
        onSuccess: () => {
          const done = is_active ? words.activated(name) : words.deactivated(name);
          notifyDone(done, isUndo ? undefined : () => set(!is_active, true));
        },
        onError: (error) => notifyFailure(words.notChanged(name), error.message),
      },
    );
  };
  return set;
}
