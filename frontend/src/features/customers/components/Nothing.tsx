import { Button } from "@mantine/core";
import ContactIcon from "lucide-react/icons/contact";
import SearchXIcon from "lucide-react/icons/search-x";

import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";

import { isNarrowed, type State } from "../filters";

interface NothingProps {
  state: State;
  onAdd: () => void;
  onClear: () => void;
}

/** Takes the place of a list without customers. */
export function Nothing({ state, onAdd, onClear }: NothingProps) {
  const isFiltered = isNarrowed(state);
  return (
    <EmptyState
      icon={isFiltered ? <SearchXIcon aria-hidden size={22} /> : <ContactIcon aria-hidden size={22} />}
      heading={isFiltered ? text.customers.noMatchHeading : text.customers.emptyHeading}
      action={
        <Button variant="default" onClick={isFiltered ? onClear : onAdd}>
          {isFiltered ? text.customers.clearFilters : text.customers.add}
        </Button>
      }
    >
      {isFiltered ? text.customers.noMatch : text.customers.empty}
    </EmptyState>
  );
}
