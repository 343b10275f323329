import { Button, Group, NumberInput, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";

import { resourcesQuery } from "@/api/scheduling";
import type { Resource } from "@/api/shapes";
import { text } from "@/text";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";

import { RESOURCE_TYPES } from "../list";
import { leastUsedColor } from "../palette";
import { type ResourceFields, useChangeResource, useCreateResource } from "../queries";
import { ColorField } from "./ColorField";
import { Field } from "./Field";
import { PersonField } from "./PersonField";
import { ResourceProblem } from "./ResourceProblem";
import { ZoneField } from "./ZoneField";

const FIELDS = ["name", "type", "max_concurrent_events", "color", "user", "timezone"] as const;
const MOST_AT_ONCE = 1000;
type Values = Required<Omit<ResourceFields, "is_active" | "max_concurrent_events">> & {
  /** Empty while nothing is typed. */
  max_concurrent_events: number | string;
};

interface ResourceFormProps {
  resource: Resource | null;
  onCancel: () => void;
  onDone: (resource: Resource) => void;
}

/** What is said about a resource, apart from its hours and its services. */
export function ResourceForm({ resource, onCancel, onDone }: ResourceFormProps) {
  const { data: others = [] } = useQuery(resourcesQuery);
  const save = useSave(resource);
  const form = useForm({ initialValues: valuesOf(resource, others), validate });
  const words = text.resources.form;
  const submit = form.onSubmit(
    (values) => {
      const fields = { ...values, name: values.name.trim(), max_concurrent_events: Number(values.max_concurrent_events) };
      save.mutate(fields, {
        onSuccess: (saved) => {
          notifyDone(resource ? words.saved(saved.name) : words.created(saved.name));
          onDone(saved);
        },
        onError: (error) => {
          form.setErrors(fieldErrors(error, FIELDS));
        },
      });
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "name")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(save.error, FIELDS)).length > 0;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {save.error && !isAboutFields && <ResourceProblem error={save.error} />}
        <Fields form={form} />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {resource ? words.save : words.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type FormState = UseFormReturnType<Values, Values, typeof validate>;

function Fields({ form }: { form: FormState }) {
  const words = text.resources.form;
  return (
    <>
      <TextInput
        label={words.name}
        placeholder={words.namePlaceholder[form.values.type]}
        maxLength={100}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <Field label={words.type}>
        <SegmentedControl
          fullWidth
          aria-label={words.type}
          data={RESOURCE_TYPES.map((value) => ({ value, label: text.resources.types[value] }))}
          {...form.getInputProps("type")}
        />
      </Field>
      <ColorField
        value={form.values.color}
        error={form.errors.color as string | undefined}
        onChange={(color) => {
          form.setFieldValue("color", color);
        }}
      />
      <NumberInput
        label={words.capacity}
        description={words.capacityHint}
        min={1}
        max={MOST_AT_ONCE}
        allowDecimal={false}
        clampBehavior="none"
        hideControls
        {...form.getInputProps("max_concurrent_events")}
      />
      {form.values.type === "staff" && <PersonField {...form.getInputProps("user")} />}
      <ZoneField {...form.getInputProps("timezone")} />
    </>
  );
}

function valuesOf(resource: Resource | null, others: readonly Resource[]): Values {
  const { name, type, max_concurrent_events, color, user, timezone } = resource ?? { name: "" };
  return {
    name,
    type: type ?? "staff",
    max_concurrent_events: max_concurrent_events ?? 1,
    color: color ?? leastUsedColor(others.flatMap((other) => other.color ?? [])),
    user: user ?? null,
    timezone: timezone ?? "",
  };
}

const validate = {
  name: (name: string) => (name.trim() === "" ? text.resources.form.required : null),
  max_concurrent_events: (value: number | string) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_AT_ONCE
      ? null
      : text.resources.form.capacityRange,
};

function useSave(resource: Resource | null) {
  const create = useCreateResource();
  const change = useChangeResource();
  const { error, isPending } = resource ? change : create;
  const mutate = (fields: ResourceFields, { onSuccess, onError }: Handlers) => {
    if (resource === null) create.mutate(fields, { onSuccess, onError });
    else change.mutate({ id: resource.id, changes: changedFields(fields, resource) }, { onSuccess, onError });
  };
  return { error, isPending, mutate };
}

/** Returns the fields that differ from what they were: what others changed meanwhile is left alone. */
function changedFields(fields: ResourceFields, before: Resource): Partial<ResourceFields> {
  const was: Record<string, unknown> = { ...before };
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => value !== was[field]));
}

interface Handlers {
  onSuccess: (saved: Resource) => void;
  onError: (error: Error) => void;
}
