import { UnstyledButton } from "@mantine/core";

import { text } from "@/text";

import classes from "./customers.module.css";

interface TagsProps {
  tags: readonly string[];
  /** How many are shown; all without it. */
  most?: number;
  onTag: (tag: string) => void;
}

/** Tags, each the way to everyone who carries it. */
export function Tags({ tags, most = tags.length, onTag }: TagsProps) {
  const shown = tags.length > most ? tags.slice(0, most - 1) : tags;
  return (
    <span className={classes.tags}>
      {shown.map((tag) => (
        <UnstyledButton
          key={tag}
          className={classes.tag}
          aria-label={text.customers.withTag(tag)}
          onClick={() => onTag(tag)}
        >
          {tag}
        </UnstyledButton>
      ))}
      {shown.length < tags.length && (
        <span className={classes.more} title={tags.slice(shown.length).join(", ")}>
          {text.customers.moreTags(tags.length - shown.length)}
        </span>
      )}
    </span>
  );
}
