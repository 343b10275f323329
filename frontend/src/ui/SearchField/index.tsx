import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import SearchIcon from "lucide-react/icons/search";
import { useState } from "react";

import { text } from "@/text";

const QUIET_MS = 250;

interface SearchFieldProps {
  label: string;
  /** The term in force. */
  value: string;
  /** Told once typing pauses. */
  onSearch: (term: string) => void;
  placeholder?: string;
}

/** A field to search with: what is typed takes effect by itself. */
export function SearchField({ label, value, onSearch, placeholder = label }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const later = useDebouncedCallback(onSearch, QUIET_MS);
  if (known !== value) {
    // The term changed elsewhere (a link, the way back): the field follows, unless it is being typed right now.
    setKnown(value);
    if (typed.trim() === known) setTyped(value);
  }
  const change = (term: string) => {
    setTyped(term);
    later(term.trim());
  };
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      maxLength={100}
      leftSection={<SearchIcon aria-hidden size={16} />}
      rightSection={
        typed !== "" && (
          <CloseButton
            size="sm"
            aria-label={text.table.clearSearch}
            onClick={() => {
              change("");
            }}
          />
        )
      }
      onChange={(event) => {
        change(event.currentTarget.value);
      }}
    />
  );
}
