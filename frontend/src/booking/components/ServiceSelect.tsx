import { Select } from "@mantine/core";

import type { Service } from "@/api/shapes";
import { text } from "@/text";
import { money } from "@/text/money";

interface ServiceSelectProps {
  services: readonly Service[] | undefined;
  value: number | null;
  error: string | undefined;
  onChange: (serviceId: number | null) => void;
}

export function ServiceSelect({ services, value, error, onChange }: ServiceSelectProps) {
  const offered = services?.filter(({ is_active, id }) => is_active === true || id === value) ?? [];
  return (
    <Select
      label={text.booking.form.service}
      placeholder={text.booking.form.chooseService}
      data={offered.map((service) => ({ value: String(service.id), label: service.name }))}
      renderOption={({ option }) => <ServiceOption service={offered.find(({ id }) => String(id) === option.value)} />}
      value={value === null ? null : String(value)}
      error={error}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      nothingFoundMessage={text.booking.form.noService}
      data-autofocus
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
    />
  );
}

function ServiceOption({ service }: { service: Service | undefined }) {
  if (service === undefined) return null;
  const { name, duration_minutes, price_cents = 0, currency = "" } = service;
  return <ServiceWords name={name} detail={text.booking.form.lasts(duration_minutes, money(price_cents, currency))} />;
}

function ServiceWords({ name, detail }: { name: string; detail: string }) {
  return (
    <span>
      <span style={{ display: "block", fontWeight: 550 }}>{name}</span>
      <span style={{ color: "var(--ink-muted)", fontSize: "var(--mantine-font-size-xs)" }}>{detail}</span>
    </span>
  );
}
