import { useQuery } from "@tanstack/react-query";

import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { Section } from "@/ui/Section";

import { membersQuery } from "../queries";
import classes from "../resources.module.css";
import { useCanManage } from "../useCanManage";

/** What is known about a resource. */
export function Details({ resource }: { resource: Resource }) {
  const { business } = useViewer();
  const { type = "staff", max_concurrent_events: capacity = 1, timezone = "" } = resource;
  const words = text.resources.details;
  const readable = (zone: string) => zone.replaceAll("_", " ");
  return (
    <Section heading={words.heading}>
      <dl className={classes.facts}>
        <div>
          <dt>{words.capacity}</dt>
          <dd>{text.resources.capacity(capacity)}</dd>
        </div>
        <div>
          <dt>{words.zone}</dt>
          <dd>{timezone ? readable(timezone) : words.zoneOfBusiness(readable(business.timezone))}</dd>
        </div>
        {type === "staff" && (
          <div>
            <dt>{words.person}</dt>
            <dd>
              <Person userId={resource.user ?? null} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

/** Whose login it is; only managers may see the names of the team. */
function Person({ userId }: { userId: number | null }) {
  const { user } = useViewer();
  const canManage = useCanManage();
  const { data: members } = useQuery({ ...membersQuery, enabled: canManage && userId !== null });
  const { noPerson, you, somebody } = text.resources.details;
  if (userId === null) return noPerson;
  if (userId === user.id) return you;
  const member = members?.find((other) => other.user === userId);
  return member ? member.name || member.email : somebody;
}
