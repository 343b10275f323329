import { ActionIcon, Anchor, Button, MultiSelect, Text } from "@mantine/core";
import PlusIcon from "lucide-react/icons/plus";
import XIcon from "lucide-react/icons/x";
import { Fragment } from "react";
import { Link } from "react-router";

import type { Resource } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";

import type { Values } from "../form";
import classes from "../services.module.css";

const MOST_GROUPS = 10;
const TYPES = ["staff", "room", "equipment"] as const;
const words = text.services.groups;

type Groups = Values["groups"];

interface GroupsFieldProps {
  value: Groups;
  onChange: (groups: Groups) => void;
  resources: readonly Resource[];
  error?: string | undefined;
}

/** Who performs a service: an appointment takes one out of each group. */
export function GroupsField({ value, onChange, resources, error }: GroupsFieldProps) {
  if (resources.length === 0) return <NoResources />;
  const changed = (position: number, group: readonly number[]) =>
    onChange(value.map((other, index) => (index === position ? group : other)));
  return (
    <div className={classes.groups}>
      <Text size="sm" c="dimmed">
        {value.length === 0 ? words.none : value.length === 1 ? words.leadOne : words.lead}
      </Text>
      {value.map((group, position) => (
        <Fragment key={position}>
          {position > 0 && <span className={classes.and}>{words.and}</span>}
          <Group
            position={position}
            group={group}
            choices={resources.filter(({ id }) => isFreeFor(id, position, value))}
            error={error}
            onChange={(chosen) => {
              changed(position, chosen);
            }}
            onRemove={() => {
              onChange(value.filter((_, index) => index !== position));
            }}
          />
        </Fragment>
      ))}
      <Button
        variant="subtle"
        size="compact-md"
        w="fit-content"
        leftSection={<PlusIcon aria-hidden size={16} />}
        disabled={value.length >= MOST_GROUPS || value.some((group) => group.length === 0)}
        onClick={() => {
          onChange([...value, []]);
        }}
      >
        {value.length === 0 ? words.add : words.addAnother}
      </Button>
    </div>
  );
}

/** Nobody takes two places in one appointment. */
function isFreeFor(id: number, position: number, groups: Groups): boolean {
  return !groups.some((group, index) => index !== position && group.includes(id));
}

interface GroupProps {
  position: number;
  group: readonly number[];
  choices: readonly Resource[];
  error: string | undefined;
  onChange: (group: number[]) => void;
  onRemove: () => void;
}

function Group({ position, group, choices, error, onChange, onRemove }: GroupProps) {
  const chosen = choices.filter(({ id }) => group.includes(id));
  const isAllOff = chosen.length > 0 && chosen.every(({ is_active: isActive }) => isActive === false);
  return (
    <div>
      <div className={classes.group}>
        <MultiSelect
          aria-label={words.label(position + 1)}
          placeholder={group.length === 0 ? words.placeholder : undefined}
          value={group.map(String)}
          data={choicesByType(choices, group)}
          searchable
          hidePickedOptions
          className={classes.names}
          styles={{ inputField: { minWidth: 48 } }}
          nothingFoundMessage={words.nothingFound}
          error={error}
          onChange={(ids) => {
            onChange(ids.map(Number));
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={words.remove(position + 1)}
          onClick={onRemove}
        >
          <XIcon aria-hidden size={16} />
        </ActionIcon>
      </div>
      {isAllOff && (
        <Text size="sm" c="var(--amber-ink)" mt={4}>
          {words.allOff}
        </Text>
      )}
    </div>
  );
}

/** What was switched off is not offered, but stays where it was chosen. */
function choicesByType(choices: readonly Resource[], group: readonly number[]) {
  const offered = choices.filter(({ id, is_active: isActive = true }) => isActive || group.includes(id));
  return TYPES.map((type) => ({
    group: text.resources.manyTypes[type],
    items: offered
      .filter((resource) => resource.type === type)
      .map(({ id, name, is_active: isActive = true }) => ({
        value: String(id),
        label: isActive ? name : `${name} (${words.inactive})`,
      })),
  })).filter(({ items }) => items.length > 0);
}

function NoResources() {
  return (
    <Text size="sm" c="dimmed">
      {words.noResources}{" "}
      <Anchor component={Link} to={paths.resources} inherit>
        {words.toResources}
      </Anchor>
    </Text>
  );
}
