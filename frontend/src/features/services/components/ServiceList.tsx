import { Button, Select, VisuallyHidden } from "@mantine/core";
import TagIcon from "lucide-react/icons/tag";
import { type ReactNode, useMemo } from "react";

import type { Resource, Service } from "@/api/shapes";
import { text } from "@/text";
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
  heading: text.services.columns.state,
  cell: ({ is_active: isActive = true }) => (
    <StateTag isOn={isActive}>{isActive ? text.services.active : text.services.inactive}</StateTag>
  ),
};

const columnsWith = (resources: readonly Resource[]): Column<Service>[] => [
  {
    key: "name",
    heading: text.services.columns.name,
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
    heading: text.services.columns.duration,
    sortBy: "duration_minutes",
    cell: (service) => <Duration service={service} />,
  },
  {
    key: "price",
    heading: text.services.columns.price,
    sortBy: "price_cents",
    align: "end",
    cell: ({ price_cents: cents = 0, currency = "" }) => (cents === 0 ? text.services.free : money(cents, currency)),
  },
  {
    key: "by",
    heading: text.services.columns.by,
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
      <VisuallyHidden role="status">{rows && text.services.found(rows.length)}</VisuallyHidden>
      <DataTable
        caption={text.services.title}
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
            heading={text.services.nothingFoundHeading}
            action={
              <Button
                variant="default"
                onClick={() => {
                  setState({ search: "", by: "", state: "all" });
                }}
              >
                {text.services.showAll}
              </Button>
            }
          >
            {text.services.nothingFound}
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
      {text.hours.lasting(service.duration_minutes)}
      {blocked > service.duration_minutes && (
        <span className={classes.sub}>{text.services.blocks(text.hours.lasting(blocked))}</span>
      )}
    </span>
  );
}

function NoServices({ add }: { add: ReactNode }) {
  const canManage = useCanManage();
  return (
    <EmptyState icon={<TagIcon aria-hidden size={22} />} heading={text.services.emptyHeading} action={add}>
      {canManage ? text.services.empty : text.services.emptyForStaff}
    </EmptyState>
  );
}

interface ToolbarProps {
  state: typeof DEFAULTS;
  resources: readonly Resource[];
  onChange: (change: Partial<typeof DEFAULTS>) => void;
}

function Toolbar({ state, resources, onChange }: ToolbarProps) {
  const { states } = text.services;
  return (
    <div className={classes.toolbar} role="search">
      <SearchField
        label={text.services.search}
        value={state.search}
        onSearch={(search) => {
          onChange({ search });
        }}
      />
      <Select
        aria-label={text.services.performer}
        placeholder={`${text.services.performer}: ${text.services.anyPerformer.toLowerCase()}`}
        value={state.by === "" ? null : state.by}
        clearable
        searchable
        nothingFoundMessage={text.services.groups.nothingFound}
        data={resources.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(by) => {
          onChange({ by: by ?? "" });
        }}
      />
      <Select
        aria-label={text.services.state}
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
