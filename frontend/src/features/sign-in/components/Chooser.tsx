import { Text } from "@mantine/core";
import ChevronRightIcon from "lucide-react/icons/chevron-right";
import { useEffect, useRef } from "react";

import type { OwnBusiness } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";
import { Initial } from "@/ui/Brand/Initial";

import classes from "./sign-in.module.css";

/** Returns the address at which a business lets somebody in who was carried there. */
export function wayTo({ url, handoff }: OwnBusiness): string {
  const way = new URL(paths.signIn, url);
  way.searchParams.set("handoff", handoff);
  return way.toString();
}

/** The businesses somebody belongs to, each a link there. */
export function Chooser({ businesses }: { businesses: readonly OwnBusiness[] }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("a")?.focus();
  }, []);
  return (
    <ul ref={list} className={classes.businesses} aria-label={text.entrance.businesses}>
      {businesses.map((business) => (
        <li key={business.url}>
          <a href={wayTo(business)} className={classes.business}>
            <Initial name={business.name} size={36} />
            <span className={classes.words}>
              <span className={classes.name}>{business.name}</span>
              <Text component="span" size="sm" c="dimmed">
                {text.shell.roles[business.role]} · {new URL(business.url).host}
              </Text>
            </span>
            <ChevronRightIcon aria-hidden size={18} className={classes.chevron} />
          </a>
        </li>
      ))}
    </ul>
  );
}
