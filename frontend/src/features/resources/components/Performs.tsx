import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { generatePath, Link } from "react-router";

import { servicesQuery } from "@/api/scheduling";
import type { Resource } from "@/api/shapes";
import { paths } from "@/paths";
import { hours as hoursText } from "@/text/hours";
import { resources as resourcesText } from "@/text/resources";
import { FormDialog } from "@/ui/FormDialog";
import { Section } from "@/ui/Section";

import { servicesOf } from "../list";
import classes from "../resources.module.css";
import { useCanManage } from "../useCanManage";
import { PerformsForm } from "./PerformsForm";
import rowClasses from "./Rows.module.css";

/** The services somebody performs, or that need a room or a piece of equipment. */
export function Performs({ resource }: { resource: Resource }) {
  const canManage = useCanManage();
  const { data: services } = useQuery(servicesQuery);
  const [isChoosing, setIsChoosing] = useState(false);
  const performed = services && servicesOf(resource.id, services);
  const words = resourcesText.performs;
  const close = () => {
    setIsChoosing(false);
  };
  return (
    <Section
      heading={words.heading}
      action={
        canManage &&
        services && (
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              setIsChoosing(true);
            }}
          >
            {words.choose}
          </Button>
        )
      }
    >
      {performed?.length === 0 && (
        <p className={rowClasses.none}>{resource.type === "staff" ? words.none : words.noneForRoom}</p>
      )}
      <ul className={classes.links}>
        {performed?.map(({ id, name, duration_minutes: minutes, is_active: isActive }) => (
          <li key={id}>
            <Link to={generatePath(paths.service, { serviceId: String(id) })} className={classes.link}>
              {name}
              <span>{isActive === false ? words.inactive : hoursText.lasting(minutes)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <FormDialog opened={isChoosing} onClose={close} heading={words.dialog(resource.name)}>
        <PerformsForm resource={resource} services={services ?? []} onDone={close} />
      </FormDialog>
    </Section>
  );
}
