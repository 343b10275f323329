import { Autocomplete, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import TagIcon from "lucide-react/icons/tag";
import { useState } from "react";

import { text } from "@/text";
import { SearchField } from "@/ui/SearchField";

import type { State } from "../filters";
import { tagsQuery } from "../queries";
import classes from "./customers.module.css";

interface FiltersProps {
  state: State;
  onChange: (change: Partial<State>) => void;
}

/** What narrows the list. */
export function Filters({ state, onChange }: FiltersProps) {
  const { customers } = text;
  return (
    <div className={classes.filters} role="search" aria-label={customers.filters}>
      <SearchField label={customers.search} value={state.search} onSearch={(search) => onChange({ search })} />
      <TagField key={state.tag} tag={state.tag} onTag={(tag) => onChange({ tag })} />
      <SegmentedControl
        aria-label={customers.active}
        data={Object.entries(customers.states).map(([value, label]) => ({ value, label }))}
        value={state.active in customers.states ? state.active : "any"}
        onChange={(active) => onChange({ active })}
      />
    </div>
  );
}

/** A tag: one of those in use, or any other that is typed. It takes effect when it is chosen, or left. */
function TagField({ tag, onTag }: { tag: string; onTag: (tag: string) => void }) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const [typed, setTyped] = useState(tag);
  const settle = (wanted: string) => {
    if (wanted.trim() !== tag) onTag(wanted.trim());
  };
  return (
    <Autocomplete
      aria-label={text.customers.tag}
      placeholder={text.customers.anyTag}
      data={tags}
      limit={30}
      maxLength={40}
      value={typed}
      clearable
      clearButtonProps={{ "aria-label": text.customers.clear }}
      leftSection={<TagIcon aria-hidden size={16} />}
      onChange={(value) => {
        setTyped(value);
        if (value === "") settle("");
      }}
      onOptionSubmit={settle}
      onBlur={() => settle(typed)}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle(typed);
      }}
    />
  );
}
