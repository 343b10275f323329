import { Button, Checkbox, Popover } from "@mantine/core";
import ChevronDownIcon from "lucide-react/icons/chevron-down";

import type { Resource } from "@/api/shapes";
import { text } from "@/text";

import { type Address, typeOf, types } from "../address";
import { namesOf } from "../drop";
import { toneOf } from "../entries";
import { DisplayButton } from "./DisplayButton";
import classes from "./Filters.module.css";
import { KindChoice, kindsOf } from "./KindChoice";

interface FiltersProps {
  address: Address;
  resources: readonly Resource[];
  onChange: (change: Partial<Address>) => void;
  isNarrow: boolean;
}

const words = text.calendar.filters;

/** Who and what is shown, and how much of it. A narrow window has the rest of it elsewhere. */
export function Filters({ isNarrow, ...props }: FiltersProps) {
  const { address, resources, onChange } = props;
  if (isNarrow && address.view === "day") return null;
  return (
    <div className={classes.filters} role="group" aria-label={words.label}>
      <WhoButton {...props} />
      {!isNarrow && <KindChoice address={address} kinds={kindsOf(resources)} onChange={onChange} />}
      {!isNarrow && <DisplayButton address={address} onChange={onChange} />}
    </div>
  );
}

function WhoButton({ address: { resourceIds }, resources, onChange }: Omit<FiltersProps, "isNarrow">) {
  const isChosen = (id: number) => resourceIds.includes(id);
  const label =
    resourceIds.length === 0
      ? words.all
      : resourceIds.length <= 2
        ? namesOf(resourceIds, resources)
        : words.count(resourceIds.length);
  const change = (id: number) =>
    onChange({ resourceIds: isChosen(id) ? resourceIds.filter((other) => other !== id) : [...resourceIds, id] });
  return (
    <Popover position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<ChevronDownIcon aria-hidden size={15} />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.resources} className={classes.list}>
        {types.map((type) => (
          <TypeGroup key={type} type={type} resources={resources} isChosen={isChosen} onToggle={change} />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={resourceIds.length === 0}
          onClick={() => onChange({ resourceIds: [] })}
        >
          {words.showAll}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TypeGroupProps {
  type: (typeof types)[number];
  resources: readonly Resource[];
  isChosen: (id: number) => boolean;
  onToggle: (id: number) => void;
}

function TypeGroup({ type, resources, isChosen, onToggle }: TypeGroupProps) {
  const ofType = resources.filter((resource) => typeOf(resource) === type && resource.is_active !== false);
  if (ofType.length === 0) return null;
  return (
    <fieldset className={classes.group}>
      <legend>{words.types[type]}</legend>
      {ofType.map(({ id, name, color }) => (
        <Checkbox
          key={id}
          checked={isChosen(id)}
          onChange={() => onToggle(id)}
          label={
            <span className={classes.name}>
              <span className={classes.dot} style={{ background: toneOf({ color }) }} />
              {name}
            </span>
          }
        />
      ))}
    </fieldset>
  );
}
