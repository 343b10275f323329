import { Button, Skeleton } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { generatePath, Navigate } from "react-router";

import { resourcesQuery } from "@/api/scheduling";
import type { Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { changedFields, fieldsOf, PLACES, problemsWith, type Values, valuesOf } from "../form";
import { type ServiceFields, useSaveService } from "../queries";
import classes from "../services.module.css";
import { Basics } from "./Basics";
import { GroupsField } from "./GroupsField";
import { NextTimes } from "./NextTimes";
import { Preview } from "./Preview";
import { Rules } from "./Rules";
import { Timing } from "./Timing";

const words = text.services.form;

/** Everything about a service, with what it comes to beside it. Null adds one. */
export function ServiceForm({ service }: { service: Service | null }) {
  const { business } = useViewer();
  const { data: resources } = useQuery(resourcesQuery);
  const form = useForm({ initialValues: valuesOf(service, business.currency), validate: problemsWith });
  const { submit, error, isSaving, createdId } = useSubmit(service, form);
  const isDirty = form.isDirty();
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.columns}>
        <div className={classes.column}>
          {error && <FormProblem heading={words.failed} error={error} waitSeconds={0} />}
          <Basics form={form} />
          <Section heading={words.team}>
            {resources ? (
              <GroupsField
                value={form.values.groups}
                resources={resources}
                error={form.errors.groups as string | undefined}
                onChange={(groups) => {
                  form.setFieldValue("groups", groups);
                }}
              />
            ) : (
              <Skeleton h={60} />
            )}
          </Section>
          <Timing form={form} />
          <Rules form={form} />
          {(isDirty || service === null) && (
            <SaveBar
              isNew={service === null}
              isSaving={isSaving}
              onDiscard={() => {
                form.reset();
              }}
            />
          )}
        </div>
        <div className={`${classes.column} ${classes.aside}`}>
          <Preview values={form.values} resources={resources} />
          <NextTimes service={service} isDirty={isDirty} />
        </div>
      </div>
      <LeaveGuard when={isDirty && createdId === null} />
      {createdId !== null && (
        <Navigate to={generatePath(paths.service, { serviceId: String(createdId) })} replace />
      )}
    </form>
  );
}

export type ServiceFormState = UseFormReturnType<Values, Values, typeof problemsWith>;

interface SaveBarProps {
  isNew: boolean;
  isSaving: boolean;
  onDiscard: () => void;
}

function SaveBar({ isNew, isSaving, onDiscard }: SaveBarProps) {
  return (
    <div className={classes.bar}>
      <span className={classes.unsaved}>{words.unsaved}</span>
      {!isNew && (
        <Button variant="default" onClick={onDiscard} disabled={isSaving}>
          {words.discard}
        </Button>
      )}
      <Button type="submit" loading={isSaving}>
        {isNew ? words.create : words.save}
      </Button>
    </div>
  );
}

/** Saves what changed; what the server says about a field is shown there. */
function useSubmit(service: Service | null, form: ServiceFormState) {
  const save = useSaveService(service?.id ?? null);
  const [createdId, setCreatedId] = useState<number | null>(null);
  const told = placed(save.error);
  const submit = form.onSubmit(
    (values) => {
      const before = form.getInitialValues();
      const fields = service === null ? fieldsOf(values) : (changedFields(values, before) as ServiceFields);
      save.mutate(fields, {
        onSuccess: (saved) => {
          notifyDone(service ? words.saved(saved.name) : words.created(saved.name));
          if (service === null) {
            setCreatedId(saved.id);
            return;
          }
          const fresh = valuesOf(saved, values.currency);
          form.setInitialValues(fresh);
          form.setValues(fresh);
          form.resetDirty(fresh);
        },
        onError: (error) => {
          form.setErrors(placed(error));
        },
      });
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "name")?.focus(),
  );
  return { submit, error: Object.keys(told).length > 0 ? null : save.error, isSaving: save.isPending, createdId };
}

/** Returns what the server says about fields, by where the form shows them. */
function placed(error: Error | null): Partial<Record<keyof Values, string>> {
  const fields = Object.keys(PLACES) as (keyof typeof PLACES)[];
  const told = Object.entries(fieldErrors(error, fields)) as [keyof typeof PLACES, string][];
  return Object.fromEntries(told.map(([field, words]) => [PLACES[field], words]));
}
