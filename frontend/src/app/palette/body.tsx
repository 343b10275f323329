import { Kbd, Loader, Text, VisuallyHidden } from "@mantine/core";
import SearchIcon from "lucide-react/icons/search";
import { useEffect, useId, useState } from "react";

import { text } from "@/text";

import { type Entry, type Group, matching } from "./entries";
import { Options } from "./options";
import classes from "./palette.module.css";
import { useActive } from "./use-active";
import { useFound } from "./use-found";
import { useFoundGroups, useStandingGroups } from "./use-groups";

interface PaletteBodyProps {
  onClose: (chosen?: () => void) => void;
  onHelp: () => void;
}

/** A field and what fits what is typed there. The focus stays in the field; arrow keys move through the results. */
export function PaletteBody({ onClose, onHelp }: PaletteBodyProps) {
  const [typed, setTyped] = useState("");
  const found = useFound(typed);
  const standing = useStandingGroups(onHelp);
  const rows = useFoundGroups(found.customers, found.appointments);
  const groups = [...matching(standing, typed), ...rows];
  const entries = groups.flatMap((group) => group.entries);
  const { active, setActive, onKeyDown } = useActive(entries, ({ run }) => onClose(run));
  const listId = useId();
  const optionId = (entry: Entry) => `${listId}-${entry.id}`;
  useInView(active && optionId(active));
  return (
    <>
      <div className={classes.field}>
        <SearchIcon aria-hidden size={18} />
        <input
          className={classes.input}
          role="combobox"
          aria-label={text.palette.label}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={active && optionId(active)}
          aria-autocomplete="list"
          placeholder={text.palette.placeholder}
          value={typed}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
        {found.isSearching && <Loader size={16} aria-hidden />}
      </div>
      <Options
        id={listId}
        groups={groups}
        optionId={optionId}
        active={active}
        onHover={({ id }) => setActive(id)}
        onChoose={({ run }) => onClose(run)}
      />
      {entries.length === 0 && !found.isSearching && !found.hasFailed && (
        <Text className={classes.nothing}>{text.palette.nothing(typed.trim())}</Text>
      )}
      {found.hasFailed && (
        <Text role="alert" size="sm" className={classes.failed}>
          {text.palette.failed}
        </Text>
      )}
      <Foot groups={groups} isSearching={found.isSearching} />
    </>
  );
}

function Foot({ groups, isSearching }: { groups: readonly Group[]; isSearching: boolean }) {
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const { choose, open, close } = text.palette.hints;
  return (
    <footer className={classes.foot}>
      <VisuallyHidden role="status">{isSearching ? text.palette.searching : text.palette.found(count)}</VisuallyHidden>
      <span aria-hidden>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {choose}
      </span>
      <span aria-hidden>
        <Kbd>↵</Kbd> {open}
      </span>
      <span aria-hidden>
        <Kbd>Esc</Kbd> {close}
      </span>
    </footer>
  );
}

/** Keeps the entry that Enter would open in sight. */
function useInView(id: string | undefined): void {
  useEffect(() => {
    if (id !== undefined) document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }, [id]);
}
