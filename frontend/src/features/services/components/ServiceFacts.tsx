import { useQuery } from "@tanstack/react-query";

import { resourcesQuery } from "@/api/scheduling";
import type { Service } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { services as servicesText } from "@/text/services";
import { money } from "@/text/money";
import { Section } from "@/ui/Section";

import { valuesOf } from "../form";
import { performersOf } from "../list";
import classes from "../services.module.css";
import { NextTimes } from "./NextTimes";
import { Preview } from "./Preview";

/** A service to be read, for those who may not change it. */
export function ServiceFacts({ service }: { service: Service }) {
  const { data: resources } = useQuery(resourcesQuery);
  const { price_cents: cents = 0, currency = "", description } = service;
  const { columns, form, readOnly, nobody, free, preview } = servicesText;
  return (
    <div className={classes.columns}>
      <Section heading={form.basics} lead={readOnly}>
        <dl className={classes.facts}>
          <div>
            <dt>{columns.duration}</dt>
            <dd>{hoursText.lasting(service.duration_minutes)}</dd>
          </div>
          <div>
            <dt>{columns.price}</dt>
            <dd>{cents === 0 ? free : money(cents, currency)}</dd>
          </div>
          <div data-whole>
            <dt>{columns.by}</dt>
            <dd>{performersOf(service, resources ?? []).map((names) => names.join(", ")).join(preview.and) || nobody}</dd>
          </div>
          {description && (
            <div data-whole>
              <dt>{form.description}</dt>
              <dd>{description}</dd>
            </div>
          )}
        </dl>
      </Section>
      <div className={`${classes.column} ${classes.aside}`}>
        <Preview values={valuesOf(service, currency)} resources={resources} />
        <NextTimes service={service} isDirty={false} />
      </div>
    </div>
  );
}
