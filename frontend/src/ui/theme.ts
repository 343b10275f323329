import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

import { text } from "@/text";
import { firstWeekday } from "@/time/format";

const petrol: MantineColorsTuple = [
  "#eef7f5",
  "#d6ebe7",
  "#aed7d0",
  "#82c1b8",
  "#55a99e",
  "#328f84",
  "#1b776d",
  "#0f635b",
  "#0a4f49",
  "#063a36",
];

const mist: MantineColorsTuple = [
  "#f7f9f8",
  "#f0f3f2",
  "#e4e9e7",
  "#d3dad7",
  "#b6c0bc",
  "#8f9b97",
  "#66726e",
  "#4b5753",
  "#323c39",
  "#17201d",
];

const night: MantineColorsTuple = [
  "#e6ecea",
  "#b9c4c0",
  "#94a29d",
  "#66746f",
  "#3a4743",
  "#2a3431",
  "#1b2220",
  "#151b19",
  "#0f1413",
  "#0a0e0d",
];

const brick: MantineColorsTuple = [
  "#fdeeec",
  "#fadbd8",
  "#f3b6b0",
  "#ee8f87",
  "#e5675d",
  "#d34c42",
  "#c0392f",
  "#a82b22",
  "#8b211a",
  "#6d1812",
];

/** How Mantine's parts look here; the colours that differ between light and dark are in theme.css. */
export const theme = createTheme({
  colors: { accent: petrol, gray: mist, dark: night, red: brick },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "'Geist Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontFamily: "inherit",
    fontWeight: "620",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.2" },
      h2: { fontSize: "1.375rem", lineHeight: "1.25" },
      h3: { fontSize: "1.125rem", lineHeight: "1.35" },
      h4: { fontSize: "1rem", lineHeight: "1.4" },
      h5: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h6: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: 8,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    InputDescription: { defaultProps: { fz: "sm" } },
    InputError: { defaultProps: { fz: "sm" } },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { "aria-label": text.showPassword, tabIndex: 0 } } },
    Button: { defaultProps: { fw: 550 } },
    Calendar: {
      defaultProps: {
        ariaLabels: text.dates,
        firstDayOfWeek: (firstWeekday() + 1) % 7,
        weekendDays: [],
      },
    },
    DatePicker: { defaultProps: { hideOutsideDates: true } },
    // Its field does not name the dialog as which the days would be announced.
    DatePickerInput: { defaultProps: { popoverProps: { withRoles: false } } },
    Menu: { defaultProps: { radius: 10, shadow: "md", withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { radius: 10, shadow: "md" } },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
});

/** Lets Mantine's own surfaces, lines and inks be those of theme.css. */
export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    "--mantine-color-body": "var(--canvas)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-muted)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-anchor": "var(--accent-ink)",
    "--mantine-color-error": "var(--red-ink)",
    "--mantine-color-accent-text": "var(--accent-ink)",
    "--mantine-color-accent-filled": "var(--accent-fill)",
    "--mantine-color-accent-filled-hover": "var(--accent-fill-hover)",
    "--mantine-color-accent-light": "var(--accent-soft)",
    "--mantine-color-accent-light-hover": "color-mix(in srgb, var(--accent) 18%, transparent)",
    "--mantine-color-accent-light-color": "var(--accent-ink)",
    "--mantine-color-accent-outline": "var(--accent)",
    "--mantine-color-accent-outline-hover": "var(--accent-soft)",
  };
  return { variables: {}, light: ours, dark: ours };
};
