import { Button } from "@mantine/core";
import UsersIcon from "lucide-react/icons/users";
import { Link } from "react-router";

import { paths } from "@/paths";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";

import type { View } from "../span";
import { AgendaBoard } from "./AgendaBoard";
import type { BoardProps } from "./boards";
import { DayBoard } from "./DayBoard";
import { MonthBoard } from "./MonthBoard";
import { PhoneDay } from "./PhoneDay";
import { PhoneMonth } from "./PhoneMonth";
import { WeekBoard } from "./WeekBoard";

interface Props extends BoardProps {
  view: View;
  isNarrow: boolean;
  /** Among whom a narrow window lets choose. */
  choices: BoardProps["calendar"]["resources"];
  /** Shows everyone again. */
  onEveryone: () => void;
}

/** The view of the calendar that is asked for, as the window has room for it. */
export function Board({ view, isNarrow, choices, onEveryone, ...board }: Props) {
  if (board.calendar.resources.length === 0) {
    return <Nobody isFiltered={board.calendar.allResources.length > 0} onEveryone={onEveryone} />;
  }
  if (view === "agenda") return <AgendaBoard {...board} />;
  if (view === "month") return isNarrow ? <PhoneMonth {...board} /> : <MonthBoard {...board} />;
  if (view === "week") return <WeekBoard {...board} />;
  return isNarrow ? <PhoneDay {...board} choices={choices} /> : <DayBoard {...board} />;
}

/** Takes the place of a calendar without anybody in it. */
function Nobody({ isFiltered, onEveryone }: { isFiltered: boolean; onEveryone: () => void }) {
  const words = text.calendar.nothingShown;
  const act = isFiltered ? (
    <Button variant="default" onClick={onEveryone}>
      {words.showAll}
    </Button>
  ) : (
    <Button component={Link} to={paths.resources}>
      {words.add}
    </Button>
  );
  return (
    <EmptyState icon={<UsersIcon aria-hidden size={22} />} heading={words.heading} action={act}>
      {isFiltered ? words.filtered : words.none}
    </EmptyState>
  );
}
