import { Button, SegmentedControl, Select, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import UsersIcon from "lucide-react/icons/users";
import type { ReactNode } from "react";

import type { Resource, Service } from "@/api/shapes";
import { text } from "@/text";
import { hours as hoursText } from "@/text/hours";
import { resources as resourcesText } from "@/text/resources";
import { ColorName } from "@/ui/ColorName";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { SearchField } from "@/ui/SearchField";
import { StateTag } from "@/ui/StateTag";
import { useUrlState } from "@/ui/useUrlState";

import { allHoursQuery } from "../hours-queries";
import { listed, type ListedResource, RESOURCE_TYPES } from "../list";
import classes from "../resources.module.css";
import { useCanManage } from "../useCanManage";

const DEFAULTS = { search: "", type: "all", state: "active", ordering: "name" };

const columns: readonly Column<ListedResource>[] = [
  {
    key: "name",
    heading: resourcesText.columns.name,
    sortBy: "name",
    isTitle: true,
    cell: ({ resource: { name, color } }) => <ColorName {...(color && { color })}>{name}</ColorName>,
  },
  {
    key: "type",
    heading: resourcesText.columns.type,
    sortBy: "type",
    cell: ({ resource: { type = "staff" } }) => resourcesText.types[type],
  },
  {
    key: "capacity",
    heading: resourcesText.columns.capacity,
    sortBy: "capacity",
    align: "end",
    isWide: true,
    cell: ({ resource: { max_concurrent_events: capacity = 1 } }) => text.number(capacity),
  },
  {
    key: "services",
    heading: resourcesText.columns.services,
    sortBy: "services",
    align: "end",
    isWide: true,
    cell: ({ servicesCount }) => resourcesText.servicesCount(servicesCount),
  },
  {
    key: "hours",
    heading: resourcesText.columns.hours,
    sortBy: "hours",
    align: "end",
    cell: ({ ownMinutes }) => (ownMinutes === 0 ? hoursText.week.businesss : hoursText.lasting(ownMinutes)),
  },
];

const STATE: Column<ListedResource> = {
  key: "state",
  heading: resourcesText.columns.state,
  cell: ({ resource: { is_active = true } }) => (
    <StateTag isOn={is_active}>{is_active ? resourcesText.active : resourcesText.inactive}</StateTag>
  ),
};

interface ResourceListProps {
  /** Undefined until they are known. */
  resources: readonly Resource[] | undefined;
  services: readonly Service[] | undefined;
  onOpen: (resource: Resource) => void;
  /** The button that adds one, for those who may. */
  add: ReactNode;
}

/** The resources, filtered and in an order that the address keeps. */
export function ResourceList({ resources, services = [], onOpen, add }: ResourceListProps) {
  const [state, setState] = useUrlState(DEFAULTS);
  const { data: hours = [] } = useQuery(allHoursQuery);
  const rows = resources && listed({ resources, services, hours }, state);
  if (resources?.length === 0) return <NoResources add={add} />;
  return (
    <>
      <Toolbar state={state} onChange={setState} />
      <VisuallyHidden role="status">{rows && resourcesText.found(rows.length)}</VisuallyHidden>
      <DataTable
        caption={resourcesText.title}
        columns={state.state === "all" ? [...columns, STATE] : columns}
        rows={rows}
        rowKey={({ resource }) => resource.id}
        onOpen={({ resource }) => {
          onOpen(resource);
        }}
        ordering={state.ordering}
        onOrdering={(ordering) => {
          setState({ ordering });
        }}
        empty={
          <EmptyState
            icon={<UsersIcon aria-hidden size={22} />}
            heading={resourcesText.nothingFoundHeading}
            action={
              <Button
                variant="default"
                onClick={() => {
                  setState({ search: "", type: "all", state: "all" });
                }}
              >
                {resourcesText.showAll}
              </Button>
            }
          >
            {resourcesText.nothingFound}
          </EmptyState>
        }
      />
    </>
  );
}

function NoResources({ add }: { add: ReactNode }) {
  const canManage = useCanManage();
  return (
    <EmptyState icon={<UsersIcon aria-hidden size={22} />} heading={resourcesText.emptyHeading} action={add}>
      {canManage ? resourcesText.empty : resourcesText.emptyForStaff}
    </EmptyState>
  );
}

interface ToolbarProps {
  state: typeof DEFAULTS;
  onChange: (change: Partial<typeof DEFAULTS>) => void;
}

function Toolbar({ state, onChange }: ToolbarProps) {
  const { states, manyTypes } = resourcesText;
  return (
    <div className={classes.toolbar} role="search">
      <SearchField
        label={resourcesText.search}
        value={state.search}
        onSearch={(search) => {
          onChange({ search });
        }}
      />
      <SegmentedControl
        aria-label={resourcesText.type}
        value={state.type}
        data={(["all", ...RESOURCE_TYPES] as const).map((value) => ({ value, label: manyTypes[value] }))}
        onChange={(type) => {
          onChange({ type });
        }}
      />
      <Select
        aria-label={resourcesText.state}
        value={state.state}
        allowDeselect={false}
        data={(["active", "inactive", "all"] as const).map((value) => ({ value, label: states[value] }))}
        onChange={(value) => {
          onChange({ state: value ?? DEFAULTS.state });
        }}
      />
    </div>
  );
}
