import { appointments } from "./appointments";
import { attention } from "./attention";
import { booking } from "./booking";
import { entrance } from "./entrance";
import { counted, number, percent, roughly } from "./numbers";
import { palette, shortcuts } from "./palette";
import { plans } from "./plans";
import { profile } from "./profile";

/**
 * Every text the dashboard shows, in one language: this folder is what a translation replaces. What belongs to one
 * screen lies in a file of its own. Names of plans, features and quotas come from the server.
 */

export const text = {
  language: "en",
  number,
  roughly,
  percent,
  product: "SmoothSchedule",
  loading: "Loading",
  retry: "Try again",
  dismiss: "Dismiss",
  showPassword: "Show what is typed",
  undo: "Undo",
  title: (screen: string, business: string) => `${screen} · ${business}`,

  dates: {
    previousMonth: "Previous month",
    nextMonth: "Next month",
    monthLevelControl: "Choose a month",
    previousYear: "Previous year",
    nextYear: "Next year",
    yearLevelControl: "Choose a year",
    previousDecade: "Previous decade",
    nextDecade: "Next decade",
  },

  dialog: {
    close: "Close",
    leave: {
      heading: "Leave without saving?",
      body: "What you changed here is lost.",
      yes: "Leave",
      no: "Stay here",
    },
  },

  table: {
    pages: "Pages",
    range: (first: number, last: number, count: number) => `${number(first)}–${number(last)} of ${number(count)}`,
    previous: "Previous",
    next: "Next",
    clearSearch: "Clear search",
  },

  errors: {
    unreachable: "The server cannot be reached. Check your connection, then try again.",
    unexpected: "Something went wrong on our side. Try again in a moment.",
    heading: "This could not be loaded",
    waitMinutes: (minutes: number) => `You can try again in ${counted(minutes, "minute", "minutes")}.`,
    waitSeconds: (seconds: number) => `You can try again in ${counted(seconds, "second", "seconds")}.`,
    crashHeading: "This screen stopped working",
    crash: "Reload the page. Everything you saved is safe.",
    reload: "Reload",
    notFoundHeading: "There is nothing at this address",
    notFound: "The link may be old, or mistyped.",
    toToday: "Go to today",
  },

  shell: {
    skip: "Skip to content",
    navigation: "Main navigation",
    quickNavigation: "Quick navigation",
    more: "More",
    menu: "Menu",
    openMenu: "Open menu",
    closeMenu: "Close menu",
    today: "Today",
    sections: { settings: "Settings" } as Record<string, string>,
    locked: "not in your plan",
    account: "Account of",
    toDark: "Switch to dark colours",
    toLight: "Switch to light colours",
    signOut: "Sign out",
    signOutFailed: "You are still signed in",
    roles: { owner: "Owner", manager: "Manager", staff: "Staff" },
    suspendedHeading: "Your subscription is suspended",
    suspended: "Everything can be read, changed and deleted; nothing new can be added.",
  },

  signIn: {
    title: "Sign in",
    heading: (business: string) => `Sign in to ${business}`,
    email: "E-mail",
    password: "Password",
    submit: "Sign in",
    failed: "Signing in did not work",
    lockedOut: "Signing in is paused",
    required: { email: "Enter your e-mail address.", password: "Enter your password." },
  },

  invitation: {
    title: "Accept invitation",
    heading: (business: string) => `Join ${business}`,
    lead: (email: string, role: string) => `You are invited as ${email}, with the role ${role.toLowerCase()}.`,
    name: "Your name",
    newPassword: "Choose a password",
    newPasswordHint: "At least 10 characters.",
    knownPassword: "Password of your account",
    knownPasswordHint: "You have an account already; your password stays the same.",
    submit: "Join",
    failed: "Joining did not work",
    notOpenHeading: "This invitation cannot be used",
    notOpen: "It was used already, has expired, or the link is incomplete. Ask for a new one.",
    toSignIn: "Go to sign-in",
    required: { name: "Enter your name.", password: "Enter a password." },
  },

  today: {
    title: "Today",
    zone: (name: string) => `Times in ${name}`,
    agenda: "Appointments of today",
    now: (time: string) => `Now, ${time}`,
    summary: {
      total: (value: number) => counted(value, "appointment", "appointments"),
      ahead: (value: number) => `${number(value)} to come`,
      open: (value: number) => `${number(value)} to settle`,
    },
    openHint: "Started, and neither completed nor marked as no-show",
    emptyHeading: "A free day",
    next: (date: string, time: string, customer: string) => `It goes on ${date}, ${time}, with ${customer}.`,
    empty: "Appointments booked for today appear here by themselves.",
    until: (time: string) => `until ${time}`,
    more: (customer: string, time: string) => `More for ${customer}, ${time}`,
    actFor: (act: string, customer: string, time: string) => `${act}: ${customer}, ${time}`,
    changed: (customer: string, status: string) => `${customer}: ${status}`,
  },

  appointments,
  booking,
  entrance,
  plans,
  profile,
  palette,
  shortcuts,

  attention,

  status: {
    pending: "To confirm",
    confirmed: "Confirmed",
    completed: "Completed",
    cancelled: "Cancelled",
    no_show: "No-show",
  },

  glance: {
    heading: "At a glance",
    lastDays: "Last 30 days",
    lastDaysHint: "Appointments per day, cancelled ones too",
    toAnalytics: "Analytics",
    thisMonth: "This month",
    thisMonthHint: (allTime: number) => `${counted(allTime, "appointment", "appointments")} of all time`,
    upcoming: "Upcoming",
    upcomingHint: "Open and still to start",
    duration: "Average length",
    minutes: (value: string) => `${value} min`,
    durationHint: "Of all time, cancelled ones apart",
    busiest: "Busiest",
    busiestHint: (hour: string) => `Most start around ${hour}`,
    none: "None yet",
    noBusiestHint: "Day and hour at which most start",
    weekdays: {
      Monday: "Monday",
      Tuesday: "Tuesday",
      Wednesday: "Wednesday",
      Thursday: "Thursday",
      Friday: "Friday",
      Saturday: "Saturday",
      Sunday: "Sunday",
    } as Record<string, string>,
    evidence: (value: number) =>
      `You booked ${counted(value, "appointment", "appointments")} this month. See what they add up to.`,
  },

  plan: {
    title: "Plan & usage",
    lead: "What your business can use, and how much of it is left.",
    yours: "Your plan",
    none: "No plan",
    howToChange: "You can ask for another plan below. Nothing you have is deleted by a change.",
    usage: "Usage",
    features: "Features",
    included: "Included",
    notIncluded: "Not included",
    switchedOff: "Switched off for your business",
    paused: "Paused while the subscription is suspended",
    open: "Open",
    openFeature: (feature: string) => `Open ${feature}`,
    offer: (plan: string) => `Comes with ${plan}`,
  },

  upgrade: {
    couldNotCheck: "We could not check your plan.",
    comesWith: (feature: string, plan: string) => `${feature} comes with ${plan}`,
    notInPlan: (feature: string) => `${feature} is not part of your plan`,
    noPlanHasIt: "No plan on sale includes it.",
    switchedOffHeading: (feature: string) => `${feature} is switched off`,
    switchedOff: "It was switched off for your business, whatever the plan includes.",
    suspendedHeading: (feature: string) => `${feature} is paused`,
    suspended: "It is back as soon as your subscription is active again.",
    suspendedAskOwner: (business: string) =>
      `It is back as soon as the subscription is active again. Ask an owner of ${business}.`,
    askOwner: (business: string) => `Ask an owner of ${business} to upgrade.`,
    how: "How to upgrade",
    toPlan: "Go to your plan",
  },

  quota: {
    used: (used: number, limit: number) => `${number(used)} of ${number(limit)}`,
    usedUnlimited: (used: number) => `${number(used)} used`,
    unlimited: "Unlimited",
    notIncluded: "Not part of your plan",
    left: (value: number) => `${number(value)} left`,
    reached: "All used",
    over: (value: number) => `${number(value)} over the limit. Nothing is deleted; nothing can be added.`,
    resets: (date: string) => `Starts again on ${date}`,
    perMonth: "This month",
    near: (used: number, limit: number, name: string) => `${number(used)} of ${number(limit)} ${name.toLowerCase()}`,
    allUsed: (limit: number, name: string) => `All ${number(limit)} ${name.toLowerCase()} of your plan are in use`,
    noneInPlan: (name: string) => `${name} are not part of your plan`,
    moreWith: (plan: string) => `${plan} has room for more.`,
    makeRoom: "Or switch off what you no longer need.",
  },
};
