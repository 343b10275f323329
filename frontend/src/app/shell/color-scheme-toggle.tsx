import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import MoonIcon from "lucide-react/icons/moon";
import SunIcon from "lucide-react/icons/sun";

import { text } from "@/text";

/** Switches between light and dark; until it is used the system decides. */
export function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  const label = isDark ? text.shell.toLight : text.shell.toDark;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={40}
        aria-label={label}
        onClick={() => {
          setColorScheme(isDark ? "light" : "dark");
        }}
      >
        {isDark ? <SunIcon aria-hidden size={18} /> : <MoonIcon aria-hidden size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
