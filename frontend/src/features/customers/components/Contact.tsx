import { Anchor } from "@mantine/core";
import MailIcon from "lucide-react/icons/mail";
import PhoneIcon from "lucide-react/icons/phone";
import { createSearchParams, useNavigate } from "react-router";

import type { Customer } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { mediumDate } from "@/time/format";

import classes from "./customer.module.css";
import { Tags } from "./Tags";

/** How to reach a customer, what they are tagged with, and since when they are known. */
export function Contact({ customer: { email, phone, tags = [], created_at } }: { customer: Customer }) {
  const { business } = useViewer();
  const navigate = useNavigate();
  const showTagged = (tag: string) =>
    void navigate({ pathname: paths.customers, search: createSearchParams({ tag, active: "any" }).toString() });
  return (
    <div className={classes.contact}>
      {phone && (
        <Anchor href={`tel:${phone}`} className={classes.link}>
          <PhoneIcon aria-hidden size={16} />
          {phone}
        </Anchor>
      )}
      {email && (
        <Anchor href={`mailto:${email}`} className={classes.link}>
          <MailIcon aria-hidden size={16} />
          {email}
        </Anchor>
      )}
      {!phone && !email && <span className={classes.muted}>{text.customers.one.noContact}</span>}
      <span className={classes.muted}>
        {text.customers.one.since(mediumDate(new Date(created_at), business.timezone))}
      </span>
      {tags.length > 0 && <Tags tags={tags} onTag={showTagged} />}
    </div>
  );
}
