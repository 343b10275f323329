import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import CalendarIcon from "lucide-react/icons/calendar";
import CircleUserIcon from "lucide-react/icons/circle-user-round";
import KeyboardIcon from "lucide-react/icons/keyboard";
import LogOutIcon from "lucide-react/icons/log-out";
import MoonIcon from "lucide-react/icons/moon";
import PlusIcon from "lucide-react/icons/plus";
import RowsIcon from "lucide-react/icons/rows-3";
import SunIcon from "lucide-react/icons/sun";
import UserIcon from "lucide-react/icons/user-round";
import UserPlusIcon from "lucide-react/icons/user-round-plus";
import { generatePath, useNavigate } from "react-router";

import type { Appointment, Customer } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { paths } from "@/paths";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";
import { useDensity } from "@/ui/density";

import { type Destination, GO_KEYS, useDestinations } from "../destinations";
import { useLeave } from "../use-leave";
import type { Entry, Group } from "./entries";

const ICON_SIZE = 18;

/** What the palette offers before anything is typed: acts, screens, settings. */
export function useStandingGroups(onHelp: () => void): Group[] {
  const destinations = useDestinations();
  const navigate = useNavigate();
  const acts = useActs(onHelp);
  const entryOf = ({ path, label, isLocked, Icon }: Destination): Entry => ({
    id: path,
    label,
    icon: <Icon aria-hidden size={ICON_SIZE} />,
    shortcut: GO_KEYS[path] && `g ${GO_KEYS[path]}`,
    isLocked,
    run: () => void navigate(path),
  });
  const profile: Entry = {
    id: paths.profile,
    label: text.palette.profile,
    icon: <CircleUserIcon aria-hidden size={ICON_SIZE} />,
    words: "password name account",
    run: () => void navigate(paths.profile),
  };
  const { groups } = text.palette;
  const settings = destinations.filter(({ section }) => section === "settings");
  return [
    { heading: groups.acts, entries: acts },
    { heading: groups.screens, entries: destinations.filter((one) => !settings.includes(one)).map(entryOf) },
    { heading: groups.settings, entries: [...settings.map(entryOf), profile] },
  ];
}

function useActs(onHelp: () => void): Entry[] {
  const desk = useBookingDesk();
  const leave = useLeave();
  const looks = useLooks();
  const navigate = useNavigate();
  return [
    {
      id: "book",
      label: text.palette.book,
      icon: <PlusIcon aria-hidden size={ICON_SIZE} />,
      words: "book add",
      shortcut: "n",
      run: () => desk.book(),
    },
    {
      id: "new-customer",
      label: text.palette.newCustomer,
      icon: <UserPlusIcon aria-hidden size={ICON_SIZE} />,
      words: "add client",
      run: () => void navigate(`${paths.customers}?new=true`),
    },
    ...looks,
    {
      id: "shortcuts",
      label: text.palette.shortcuts,
      icon: <KeyboardIcon aria-hidden size={ICON_SIZE} />,
      words: "help keys",
      shortcut: "?",
      run: onHelp,
    },
    {
      id: "sign-out",
      label: text.palette.signOut,
      icon: <LogOutIcon aria-hidden size={ICON_SIZE} />,
      words: "log out leave",
      run: leave.run,
    },
  ];
}

/** How things look: the colours, and how close rows stand. */
function useLooks(): Entry[] {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  const [density, setDensity] = useDensity();
  const isCompact = density === "compact";
  const Colours = isDark ? SunIcon : MoonIcon;
  return [
    {
      id: "colours",
      label: isDark ? text.palette.toLight : text.palette.toDark,
      icon: <Colours aria-hidden size={ICON_SIZE} />,
      words: "theme colors mode",
      run: () => setColorScheme(isDark ? "light" : "dark"),
    },
    {
      id: "density",
      label: isCompact ? text.palette.toComfortable : text.palette.toCompact,
      icon: <RowsIcon aria-hidden size={ICON_SIZE} />,
      words: "density compact comfortable",
      run: () => setDensity(isCompact ? "comfortable" : "compact"),
    },
  ];
}

/** What was found among the business's own rows. */
export function useFoundGroups(customers: readonly Customer[], appointments: readonly Appointment[]): Group[] {
  const { timezone } = useViewer().business;
  const desk = useBookingDesk();
  const navigate = useNavigate();
  const { groups } = text.palette;
  const customerEntry = ({ id, name, email, phone }: Customer): Entry => ({
    id: `customer-${id}`,
    label: name,
    detail: [email, phone].filter(Boolean).join(" · "),
    icon: <UserIcon aria-hidden size={ICON_SIZE} />,
    run: () => void navigate(generatePath(paths.customer, { customerId: id })),
  });
  const appointmentEntry = (appointment: Appointment): Entry => {
    const startAt = new Date(appointment.start_at);
    return {
      id: `appointment-${appointment.id}`,
      label: appointment.customer_name,
      detail: `${weekdayDate(startAt, timezone)}, ${clockTime(startAt, timezone)} · ${appointment.service_name}`,
      icon: <CalendarIcon aria-hidden size={ICON_SIZE} />,
      run: () => desk.show(appointment.id),
    };
  };
  return [
    { heading: groups.customers, entries: customers.map(customerEntry) },
    { heading: groups.appointments, entries: appointments.map(appointmentEntry) },
  ].filter(({ entries }) => entries.length > 0);
}
