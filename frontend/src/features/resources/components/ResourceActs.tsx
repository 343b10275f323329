import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import PencilIcon from "lucide-react/icons/pencil";
import PowerIcon from "lucide-react/icons/power";
import PowerOffIcon from "lucide-react/icons/power-off";
import Trash2Icon from "lucide-react/icons/trash-2";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { Resource } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";
import { AskDialog } from "@/ui/AskDialog";

import { ResourceDialog } from "./ResourceDialog";
import { useRemoval } from "./useRemoval";
import { useSwitching } from "./useSwitching";

/** What can be done with a resource: edit it, switch it off and on, delete it. */
export function ResourceActs({ resource }: { resource: Resource }) {
  const navigate = useNavigate();
  const [isEditing, setIsEditing] = useState(false);
  const switching = useSwitching(resource);
  const removal = useRemoval(resource, {
    onSwitchOff: switching.switchOff,
    onDeleted: () => void navigate(paths.resources),
  });
  const isActive = resource.is_active ?? true;
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="default"
        leftSection={<PencilIcon aria-hidden size={16} />}
        onClick={() => {
          setIsEditing(true);
        }}
      >
        {text.resources.edit}
      </Button>
      <Menu position="bottom-end" width={208}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={text.resources.more(resource.name)}>
            <EllipsisIcon aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isActive ? (
            <Menu.Item leftSection={<PowerOffIcon aria-hidden size={16} />} onClick={switching.switchOff}>
              {text.resources.switchOff}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<PowerIcon aria-hidden size={16} />} onClick={switching.switchOn}>
              {text.resources.switchOn}
            </Menu.Item>
          )}
          <Menu.Item c="var(--red-ink)" leftSection={<Trash2Icon aria-hidden size={16} />} onClick={removal.ask}>
            {text.resources.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ResourceDialog
        opened={isEditing}
        resource={resource}
        onClose={() => {
          setIsEditing(false);
        }}
        onDone={() => {
          setIsEditing(false);
        }}
      />
      <AskDialog {...switching.dialog} />
      <AskDialog {...removal.dialog} />
    </Group>
  );
}
