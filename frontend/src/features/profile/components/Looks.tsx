import { Input, type MantineColorScheme, SegmentedControl, Stack, useMantineColorScheme } from "@mantine/core";

import { text } from "@/text";
import { type Density, useDensity } from "@/ui/density";
import { Section } from "@/ui/Section";

const SCHEMES: readonly MantineColorScheme[] = ["auto", "light", "dark"];
const DENSITIES: readonly Density[] = ["comfortable", "compact"];

/** Colours, and how close rows stand; both are remembered by the browser. */
export function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const words = text.profile;
  return (
    <Section heading={words.looks} lead={words.looksLead}>
      <Stack gap="md">
        <Stack gap={6} align="flex-start">
          <Input.Label component="div">{words.colours}</Input.Label>
          <SegmentedControl
            aria-label={words.colours}
            value={colorScheme}
            data={SCHEMES.map((value) => ({ value, label: words.schemes[value] }))}
            onChange={setColorScheme}
          />
        </Stack>
        <Stack gap={6} align="flex-start">
          <Input.Label component="div">{words.rows}</Input.Label>
          <SegmentedControl
            aria-label={words.rows}
            value={density}
            data={DENSITIES.map((value) => ({ value, label: words.densities[value] }))}
            onChange={setDensity}
          />
        </Stack>
      </Stack>
    </Section>
  );
}
