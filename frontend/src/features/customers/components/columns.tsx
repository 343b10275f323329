import { Anchor, Avatar } from "@mantine/core";

import type { Customer } from "@/api/shapes";
import { text } from "@/text";
import { mediumDate } from "@/time/format";
import type { Column } from "@/ui/DataTable";
import { StateTag } from "@/ui/StateTag";

import classes from "./customers.module.css";
import { Tags } from "./Tags";

/** The columns of the list, with dates of `zone`; a tag narrows the list. */
export function columnsFor(zone: string, onTag: (tag: string) => void): Column<Customer>[] {
  const { columns } = text.customers;
  return [
    { key: "name", heading: columns.name, sortBy: "name", isTitle: true, cell: (customer) => <Name of={customer} /> },
    {
      key: "email",
      heading: columns.email,
      sortBy: "email",
      cell: ({ email }) =>
        email && (
          <Anchor href={`mailto:${email}`} className={classes.contact}>
            {email}
          </Anchor>
        ),
    },
    {
      key: "phone",
      heading: columns.phone,
      cell: ({ phone }) =>
        phone && (
          <Anchor href={`tel:${phone}`} className={classes.phone}>
            {phone}
          </Anchor>
        ),
    },
    {
      key: "tags",
      heading: columns.tags,
      cell: ({ tags = [] }) => tags.length > 0 && <Tags tags={tags} most={3} onTag={onTag} />,
    },
    {
      key: "since",
      heading: columns.since,
      sortBy: "created_at",
      isWide: true,
      cell: ({ created_at }) => mediumDate(new Date(created_at), zone),
    },
  ];
}

function Name({ of: { name, is_active } }: { of: Customer }) {
  return (
    <span className={classes.name}>
      <Avatar name={name} color="accent" size={32} aria-hidden />
      <span className={classes.nameText}>{name}</span>
      {is_active === false && <StateTag isOn={false}>{text.customers.inactive}</StateTag>}
    </span>
  );
}
