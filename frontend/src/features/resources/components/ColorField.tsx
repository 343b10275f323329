import { Input, VisuallyHidden } from "@mantine/core";
import CheckIcon from "lucide-react/icons/check";
import { type CSSProperties, useId } from "react";

import { text } from "@/text";

import { nameOfColor, palette } from "../palette";
import classes from "./ColorField.module.css";

interface ColorFieldProps {
  value: string;
  onChange: (color: string) => void;
  error?: string | undefined;
}

/** The colour something has in the calendar: one of those offered, or the one it has. */
export function ColorField({ value, onChange, error }: ColorFieldProps) {
  const group = useId();
  const isOffered = nameOfColor(value) !== undefined;
  const colors = [...Object.values(palette), ...(isOffered ? [] : [value])];
  return (
    <fieldset className={classes.field}>
      <Input.Label component="legend">{text.resources.form.color}</Input.Label>
      <Input.Description>{text.resources.form.colorHint}</Input.Description>
      <div className={classes.colors}>
        {colors.map((color) => (
          <label key={color} className={classes.color} style={{ "--color": color } as CSSProperties}>
            <input
              type="radio"
              name={group}
              value={color}
              checked={color.toLowerCase() === value.toLowerCase()}
              onChange={() => {
                onChange(color);
              }}
            />
            <VisuallyHidden>{labelOf(color)}</VisuallyHidden>
            <CheckIcon aria-hidden size={16} />
          </label>
        ))}
      </div>
      {error && <Input.Error>{error}</Input.Error>}
    </fieldset>
  );
}

function labelOf(color: string): string {
  const name = nameOfColor(color);
  return name ? text.resources.form.colors[name] : text.resources.form.ownColor(color);
}
