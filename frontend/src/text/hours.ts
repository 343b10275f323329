import { counted, number } from "./numbers";

const lasting = (minutes: number) => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};

/** Working hours, other hours on single dates, and time off. */
export const hours = {
  midnight: "Midnight",
  lasting,
  weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  shortWeekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  notATime: "Use a time such as 9:00.",

  screen: {
    title: "Opening hours",
    lead: "When the business is open. Whoever has no hours of their own works in these.",
    zone: (zone: string) => `Times in ${zone}`,
  },

  week: {
    heading: "Weekly hours",
    inWeek: (minutes: number) => `${lasting(minutes)} a week`,
    open: (weekday: string) => `${weekday}, open`,
    closed: "Closed",
    opens: (weekday: string, position: number) => `${weekday}, ${ordinal(position)}opens`,
    closes: (weekday: string, position: number) => `${weekday}, ${ordinal(position)}closes`,
    add: (weekday: string) => `Add hours on ${weekday}`,
    remove: (weekday: string, position: number) => `Remove the ${ordinal(position)}hours of ${weekday}`,
    copy: (weekday: string) => `Copy ${weekday} to …`,
    copyTo: "Copy to",
    copyTargets: { workdays: "Monday to Friday", everyDay: "Every day" },
    copyOne: (weekday: string) => `Only ${weekday}`,
    copied: (from: string, to: string) => `Hours of ${from} copied: ${to}`,
    problems: {
      missing: "Enter when it begins and ends.",
      order: "It ends before it begins.",
      start: "A day begins at midnight at the earliest and cannot begin at its end.",
      overlap: "It overlaps other hours of this day.",
    },
    split: "Goes on after midnight",
    save: "Save hours",
    discard: "Discard",
    unsaved: "Not saved yet",
    fix: "Correct what is marked before saving.",
    saved: "Hours saved",
    failed: "The hours are not saved",
    whose: "Whose hours",
    businesss: "Opening hours",
    own: "Own hours",
    usesBusiness: "Works whenever the business is open.",
    toBusiness: "Change opening hours",
    ownNeedsHours:
      "Own hours need at least one day. To take somebody out for a while, add time off, or switch the resource off.",
    noHours: "No hours yet: nothing can be booked until the business has opening hours.",
    readOnly: "A manager or an owner can change these.",
  },

  dates: {
    heading: "Other hours on single dates",
    leadBusiness: "Public holidays and days with other hours. They come before the weekly hours.",
    lead: "They come before the weekly hours, and before those of the business.",
    add: "Add a date",
    edit: (date: string) => `Change ${date}`,
    remove: (date: string) => `Remove ${date}`,
    removed: (date: string) => `${date} follows the weekly hours again`,
    saved: (date: string) => `${date} saved`,
    failed: "The date is not saved",
    removeFailed: "The date is not removed",
    showAll: (count: number) => `Show all ${number(count)}`,
    none: "No dates ahead differ from the weekly hours.",
    closed: "Closed",
    wholeBusiness: "Opening hours",
    dialog: { add: "Add a date", edit: "Change a date" },
    date: "Date",
    pickDate: "Choose a date",
    kind: "On this date",
    kinds: { closed: "Closed all day", open: "Other hours" },
    opens: (position: number) => capital(`${ordinal(position)}opens`),
    closes: (position: number) => capital(`${ordinal(position)}closes`),
    addInterval: "Add hours",
    removeInterval: (position: number) => `Remove the ${ordinal(position)}hours`,
    save: "Save date",
    required: "Choose a date.",
  },

  timeOff: {
    heading: "Time off",
    headingBusiness: "Closures",
    leadBusiness: "Longer closures for everybody, such as a company holiday. Appointments within them stay as they are.",
    lead: "Holidays, training, repairs. Appointments within it stay as they are.",
    add: "Add time off",
    addBusiness: "Add a closure",
    edit: (span: string) => `Change ${span}`,
    remove: (span: string) => `Remove ${span}`,
    removed: (span: string) => `Removed: ${span}`,
    saved: "Time off saved",
    failed: "The time off is not saved",
    removeFailed: "The time off is not removed",
    none: "Nothing ahead.",
    nonePast: "Nothing in the past.",
    running: "Now",
    wholeBusiness: "Everybody",
    fromCalendar: "From a connected calendar",
    showPast: "Show past",
    hidePast: "Hide past",
    past: "Past",
    dialog: { add: "Add time off", edit: "Change time off", addBusiness: "Add a closure", editBusiness: "Change a closure" },
    allDay: "Whole days",
    from: "From",
    to: "To (included)",
    fromTime: "Begins at",
    toTime: "Ends at",
    toDate: "To",
    reason: "Reason",
    reasonHint: "Shown to your team only.",
    reasonPlaceholder: "Holiday",
    save: "Save",
    required: "Choose a date.",
    requiredTime: "Enter a time.",
    order: "It ends before it begins.",
    inside: (count: number) =>
      `${counted(count, "appointment lies", "appointments lie")} in this time. They stay as they are: move or cancel them yourself.`,
    days: (count: number) => counted(count, "day", "days"),
  },

  cancel: "Cancel",
  stale: "It was changed or removed meanwhile. What you see now is up to date.",
};

function ordinal(position: number): string {
  return ["", "second ", "third ", "fourth "][position] ?? `${position + 1}th `;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
