import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import ChartColumnIcon from "lucide-react/icons/chart-column";
import TableIcon from "lucide-react/icons/table-2";

import { chart } from "@/text/chart";

import classes from "./styles.module.css";

export type View = "chart" | "table";

interface ViewSwitchProps {
  title: string;
  view: View;
  onChange: (view: View) => void;
}

/** Chooses between drawing values and listing them. */
export function ViewSwitch({ title, view, onChange }: ViewSwitchProps) {
  return (
    <SegmentedControl
      size="xs"
      className={classes.switch}
      aria-label={chart.viewOf(title)}
      value={view}
      onChange={onChange}
      data={[
        { value: "chart", label: <Choice icon={ChartColumnIcon} label={chart.chart} /> },
        { value: "table", label: <Choice icon={TableIcon} label={chart.table} /> },
      ]}
    />
  );
}

function Choice({ icon: Icon, label }: { icon: typeof TableIcon; label: string }) {
  return (
    <>
      <Icon aria-hidden size={16} display="block" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </>
  );
}
