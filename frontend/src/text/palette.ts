import { counted } from "./numbers";

/** The palette from which everything is reached, and the list of keyboard shortcuts. */
export const palette = {
  label: "Search or jump to",
  placeholder: "Search customers and appointments, or jump to…",
  open: "Search",
  results: "Results",
  found: (value: number) => counted(value, "result", "results"),
  searching: "Searching…",
  nothing: (term: string) => `Nothing found for “${term}”`,
  failed: "Customers and appointments could not be searched.",
  groups: { acts: "Actions", screens: "Go to", settings: "Settings", customers: "Customers", appointments: "Coming appointments" },
  book: "New appointment",
  newCustomer: "New customer",
  profile: "Your profile",
  toDark: "Switch to dark colours",
  toLight: "Switch to light colours",
  toCompact: "Put rows closer together",
  toComfortable: "Give rows more room",
  shortcuts: "Show keyboard shortcuts",
  signOut: "Sign out",
  hints: { choose: "to choose", open: "to open", close: "to close" },
};

export const shortcuts = {
  heading: "Keyboard shortcuts",
  palette: "Search or jump to anything",
  help: "Show this list",
  book: "New appointment",
  goTo: (screen: string) => `Go to ${screen}`,
  here: "On this screen",
  everywhere: "Everywhere",
  screens: "Go to a screen",
  then: "then",
  singleKeys: "Single-key shortcuts",
  singleKeysHint: "Switch them off if you speak to your computer, or press keys by accident. Search stays reachable.",
};
