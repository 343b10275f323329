import { Anchor, Button, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Link } from "react-router";

import { resourcesQuery } from "@/api/scheduling";
import type { Resource, Service } from "@/api/shapes";
import { paths } from "@/paths";
import { hours as hoursText } from "@/text/hours";
import { resources as resourcesText } from "@/text/resources";
import { FormProblem } from "@/ui/FormProblem";
import { notifyDone } from "@/ui/notifyDone";

import { isAlone, likelyPlace, type Place, placeIn, withPlace } from "../performing";
import { useSaveGroups } from "../queries";
import classes from "../resources.module.css";

const NEW = "new";

interface PerformsFormProps {
  resource: Resource;
  services: readonly Service[];
  onDone: () => void;
}

/** Which services somebody performs, and in which group of those that need several. */
export function PerformsForm({ resource, services, onDone }: PerformsFormProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, Place>>(new Map());
  const save = useSaveGroups();
  const words = resourcesText.performs;
  const placeOf = (service: Service) => chosen.get(service.id) ?? (chosen.has(service.id) ? null : placeIn(service, resource.id));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const changed = services.filter((service) => placeOf(service) !== placeIn(service, resource.id));
    const changes = changed.map((service) => ({
      id: service.id,
      resource_groups: withPlace(service.resource_groups ?? [], resource.id, placeOf(service)),
    }));
    const onSuccess = () => {
      if (changes.length > 0) notifyDone(words.saved);
      onDone();
    };
    save.mutate(changes, { onSuccess });
  };
  if (services.length === 0) return <NoServices />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {save.error && <FormProblem heading={words.failed} error={save.error} waitSeconds={0} />}
        <ul className={classes.choices}>
          {services.map((service) => (
            <Choice
              key={service.id}
              resource={resource}
              service={service}
              place={placeOf(service)}
              onPlace={(place) => {
                setChosen(new Map(chosen).set(service.id, place));
              }}
            />
          ))}
        </ul>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {hoursText.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChoiceProps {
  resource: Resource;
  service: Service;
  place: Place;
  onPlace: (place: Place) => void;
}

function Choice({ resource, service, place, onPlace }: ChoiceProps) {
  const { data: all = [] } = useQuery(resourcesQuery);
  const { resource_groups: groups = [], is_active: isActive = true } = service;
  const words = resourcesText.performs;
  const before = placeIn(service, resource.id);
  const others = groups.map((group) => group.filter((id) => id !== resource.id));
  const joinable = others.flatMap((group, position) => (group.length > 0 ? [position] : []));
  const isJoining = typeof place === "number" && joinable.includes(place);
  const isChoiceOfPlace = place !== null && (joinable.length > 1 || (joinable.length === 1 && !isJoining));
  // Who has a group of their own keeps it.
  const apart = typeof before === "number" && !joinable.includes(before) ? before : NEW;
  const namesOf = (ids: readonly number[]) => ids.flatMap((id) => all.find((one) => one.id === id)?.name ?? []).join(", ");
  return (
    <li className={classes.choice}>
      <Checkbox
        checked={place !== null}
        label={isActive ? service.name : `${service.name} (${words.inactive})`}
        onChange={(event) => {
          onPlace(event.currentTarget.checked ? (before ?? likelyPlace(service, resource.type, all)) : null);
        }}
      />
      {isChoiceOfPlace && (
        <Select
          mt={6}
          ml={32}
          aria-label={words.group(service.name)}
          value={isJoining ? String(place) : NEW}
          allowDeselect={false}
          data={[
            ...joinable.map((position) => ({
              value: String(position),
              label: words.groupOf(namesOf(others[position] ?? [])),
            })),
            { value: NEW, label: words.newGroup },
          ]}
          onChange={(value) => {
            onPlace(value === NEW ? apart : Number(value));
          }}
        />
      )}
      {place === null && before !== null && isAlone(service, resource.id) && (
        <Text size="sm" c="var(--amber-ink)" ml={32}>
          {groups.length > 1 ? words.lastOfGroup(service.name) : words.lastOfAll(service.name)}
        </Text>
      )}
    </li>
  );
}

function NoServices() {
  return (
    <Text>
      {resourcesText.performs.noServices}{" "}
      <Anchor component={Link} to={paths.services}>
        {resourcesText.performs.toServices}
      </Anchor>
    </Text>
  );
}
