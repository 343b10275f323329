import { ActionIcon, Button, Divider, Popover, Switch } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import PrinterIcon from "lucide-react/icons/printer";
import SlidersIcon from "lucide-react/icons/sliders-horizontal";
import { Link } from "react-router";

import { text } from "@/text";

import { type Address, sheetPath } from "../address";
import classes from "./Filters.module.css";
import { type Kinds, KindChoice } from "./KindChoice";

interface DisplayButtonProps {
  address: Address;
  onChange: (change: Partial<Address>) => void;
}

const words = text.calendar.filters;

/** How much is shown. */
export function DisplayButton(props: DisplayButtonProps) {
  return (
    <Popover position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<SlidersIcon aria-hidden size={15} />}>
          {words.more}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.more} className={classes.list}>
        <Switches {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface PhoneDisplayButtonProps extends DisplayButtonProps {
  kinds: Kinds;
  onBlock: (() => void) | undefined;
}

/** How much is shown, and what a narrow window has no buttons for. */
export function PhoneDisplayButton({ kinds, onBlock, ...props }: PhoneDisplayButtonProps) {
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={44} aria-label={words.more}>
          <SlidersIcon aria-hidden size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.more} className={classes.list}>
        <KindChoice address={props.address} kinds={kinds} onChange={props.onChange} />
        <Switches {...props} />
        <Divider />
        {onBlock && (
          <Button variant="default" justify="flex-start" leftSection={<BanIcon aria-hidden size={16} />} onClick={onBlock}>
            {text.calendar.blockTime}
          </Button>
        )}
        <Button
          component={Link}
          to={sheetPath(props.address)}
          variant="default"
          justify="flex-start"
          leftSection={<PrinterIcon aria-hidden size={16} />}
        >
          {text.calendar.daySheet}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Switches({ address, onChange }: DisplayButtonProps) {
  return (
    <>
      <Switch
        label={words.cancelled}
        checked={address.withCancelled}
        onChange={(event) => onChange({ withCancelled: event.currentTarget.checked })}
      />
      <Switch
        label={words.allHours}
        checked={address.withAllHours}
        onChange={(event) => onChange({ withAllHours: event.currentTarget.checked })}
      />
    </>
  );
}
