import { Button } from "@mantine/core";
import ContactIcon from "lucide-react/icons/contact";
import SearchXIcon from "lucide-react/icons/search-x";

import { customers as customersText } from "@/text/customers";
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
      heading={isFiltered ? customersText.noMatchHeading : customersText.emptyHeading}
      action={
        <Button variant="default" onClick={isFiltered ? onClear : onAdd}>
          {isFiltered ? customersText.clearFilters : customersText.add}
        </Button>
      }
    >
      {isFiltered ? customersText.noMatch : customersText.empty}
    </EmptyState>
  );
}
