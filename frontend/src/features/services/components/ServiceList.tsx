import { Button, Select, VisuallyHidden } from "@mantine/core";
import TagIcon from "lucide-react/icons/tag";
import { type ReactNode, useMemo } from "react";

import type { Resource, Service } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { services as servicesText } from "@/text/services";
import { money } from "@/text/money";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { SearchField } from "@/ui/SearchField";
import { StateTag } from "@/ui/StateTag";
import { useUrlState } from "@/ui/useUrlState";

import { blockedMinutes, listed, performersOf } from "../list";
import classes from "../services.module.css";
import { useCanManage } from "../useCanManage";
import { Performers } from "./Performers";

const DEFAULTS = { search: "", state: "active", by: "", ordering: "name" };

const STATE: Column<Service> = {
  key: "state",
  heading: servicesText.columns.state,
  cell: ({ is_active: isActive = true }) => (
    <StateTag isOn={isActive}>{isActive ? servicesText.active : servicesText.inactive}</StateTag>
  ),
};

const columnsWith = (resources: readonly Resource[]): Column<Service>[] => [
  {
    key: "name",
    heading: servicesText.columns.name,
    sortBy: "name",
    isTitle: true,
    cell: ({ name, description }) => (
      <>
        {name}
        {description && <span className={`${classes.sub} ${classes.description}`}>{description}</span>}
      </>
    ),
  },
  {
    key: "duration",
    heading: servicesText.columns.duration,
    sortBy: "duration_minutes",
    cell: (service) => <Duration service={service} />,
  },
  {
    key: "price",
    heading: servicesText.columns.price,
    sortBy: "price_cents",
    align: "end",
    cell: ({ price_cents: cents = 0, currency = "" }) => (cents === 0 ? servicesText.free : money(cents, currency)),
  },
  {
    key: "by",
    heading: servicesText.columns.by,
    cell: (service) => <Performers groups={performersOf(service, resources)} />,
  },
];

interface ServiceListProps {
  /** Undefined until they are known. */
  services: readonly Service[] | undefined;
  resources: readonly Resource[] | undefined;
  onOpen: (service: Service) => void;
  /** The button that adds one, for those who may. */
  add: ReactNode;
}

/** The services, filtered and in an order that the address keeps. */
export function ServiceList({ services, resources, onOpen, add }: ServiceListProps) {
  const [state, setState] = useUrlState(DEFAULTS);
  const columns = useMemo(() => columnsWith(resources ?? []), [resources]);
  const rows = services && listed(services, state);
  if (services?.length === 0) return <NoServices add={add} />;
  return (
    <>
      <Toolbar state={state} resources={resources ?? []} onChange={setState} />
      <VisuallyHidden role="status">{rows && servicesText.found(rows.length)}</VisuallyHidden>
      <DataTable
        caption={servicesText.title}
        columns={state.state === "all" ? [...columns, STATE] : columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={onOpen}
        ordering={state.ordering}
        onOrdering={(ordering) => {
          setState({ ordering });
        }}
        empty={
          <EmptyState
            icon={<TagIcon aria-hidden size={22} />}
            heading={servicesText.nothingFoundHeading}
            action={
              <Button
                variant="default"
                onClick={() => {
                  setState({ search: "", by: "", state: "all" });
                }}
              >
                {servicesText.showAll}
              </Button>
            }
          >
            {servicesText.nothingFound}
          </EmptyState>
        }
      />
    </>
  );
}

function Duration({ service }: { service: Service }) {
  const blocked = blockedMinutes(service);
  return (
    <span>
      {hoursText.lasting(service.duration_minutes)}
      {blocked > service.duration_minutes && (
        <span className={classes.sub}>{servicesText.blocks(hoursText.lasting(blocked))}</span>
      )}
    </span>
  );
}

function NoServices({ add }: { add: ReactNode }) {
  const canManage = useCanManage();
  return (
    <EmptyState icon={<TagIcon aria-hidden size={22} />} heading={servicesText.emptyHeading} action={add}>
      {canManage ? servicesText.empty : servicesText.emptyForStaff}
    </EmptyState>
  );
}

interface ToolbarProps {
  state: typeof DEFAULTS;
  resources: readonly Resource[];
  onChange: (change: Partial<typeof DEFAULTS>) => void;
}

function Toolbar({ state, resources, onChange }: ToolbarProps) {
  const { states } = servicesText;
  return (
    <div className={classes.toolbar} role="search">
      <SearchField
        label={servicesText.search}
        value={state.search}
        onSearch={(search) => {
          onChange({ search });
        }}
      />
      <Select
        aria-label={servicesText.performer}
        placeholder={`${servicesText.performer}: ${servicesText.anyPerformer.toLowerCase()}`}
        value={state.by === "" ? null : state.by}
        clearable
        searchable
        nothingFoundMessage={servicesText.groups.nothingFound}
        data={resources.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(by) => {
          onChange({ by: by ?? "" });
        }}
      />
      <Select
        aria-label={servicesText.state}
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
