import { ActionIcon, Menu } from "@mantine/core";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import PowerIcon from "lucide-react/icons/power";
import PowerOffIcon from "lucide-react/icons/power-off";
import Trash2Icon from "lucide-react/icons/trash-2";

import type { Service } from "@/api/shapes";
import { text } from "@/text";
import { AskDialog } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useOffer } from "../queries";
import { useRemoval } from "./useRemoval";

interface ServiceActsProps {
  service: Service;
  onDeleted: () => void;
}

/** What can be done with a service besides editing it: stop offering it, offer it again, delete it. */
export function ServiceActs({ service, onDeleted }: ServiceActsProps) {
  const setOffered = useSetOffered(service);
  const removal = useRemoval(service, {
    onDeleted,
    onSwitchOff: () => {
      setOffered(false);
    },
  });
  const isActive = service.is_active ?? true;
  const Icon = isActive ? PowerOffIcon : PowerIcon;
  return (
    <>
      <Menu position="bottom-end" width={208}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={text.services.more(service.name)}>
            <EllipsisIcon aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Icon aria-hidden size={16} />}
            onClick={() => {
              setOffered(!isActive);
            }}
          >
            {isActive ? text.services.switchOff : text.services.switchOn}
          </Menu.Item>
          <Menu.Item c="var(--red-ink)" leftSection={<Trash2Icon aria-hidden size={16} />} onClick={removal.ask}>
            {text.services.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AskDialog {...removal.dialog} />
    </>
  );
}

function useSetOffered({ id, name }: Service) {
  const offer = useOffer(id);
  const set = (isOffered: boolean) => {
    offer.mutate(isOffered, {
      onSuccess: () => {
        const message = isOffered ? text.services.switchedOn(name) : text.services.switchedOff(name);
        notifyDone(message, () => {
          set(!isOffered);
        });
      },
      onError: (error) => {
        notifyFailure(text.services.notChanged(name), error.message);
      },
    });
  };
  return set;
}
