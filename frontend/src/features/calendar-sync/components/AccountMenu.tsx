import { ActionIcon, Menu } from "@mantine/core";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import KeyIcon from "lucide-react/icons/key-round";
import PauseIcon from "lucide-react/icons/pause";
import PlugIcon from "lucide-react/icons/plug-zap";
import UnplugIcon from "lucide-react/icons/unplug";

import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

import { labelOf } from "../names";
import { isPausable } from "../standing";
import type { AccountActs } from "../useAccountActs";
import classes from "./AccountCard.module.css";

const words = syncText.accounts;
interface AccountMenuProps {
  connection: CalendarConnection;
  acts: AccountActs;
}

/** What is done with an account now and then. */
export function AccountMenu({ connection, acts }: AccountMenuProps) {
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} className={classes.more} aria-label={words.more(labelOf(connection))}>
          <EllipsisIcon aria-hidden size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<PlugIcon aria-hidden size={16} />} onClick={() => acts.perform(connection, "test")}>
          {words.test}
        </Menu.Item>
        {isPausable(connection) && (
          <Menu.Item leftSection={<PauseIcon aria-hidden size={16} />} onClick={() => acts.perform(connection, "pause")}>
            {words.pause}
          </Menu.Item>
        )}
        {connection.provider !== "ics" && (
          <Menu.Item leftSection={<KeyIcon aria-hidden size={16} />} onClick={() => acts.reconnect(connection)}>
            {connection.provider === "caldav" ? words.password : words.consent}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          c="var(--red-ink)"
          leftSection={<UnplugIcon aria-hidden size={16} />}
          onClick={() => acts.disconnect(connection)}
        >
          {words.disconnect}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
