import { Button, Text } from "@mantine/core";

import classes from "./WhenPicker.module.css";

interface NothingFreeProps {
  words: string;
  action: string;
  onAction: () => void;
}

/** Takes the place of free times where there are none, with the way on. */
export function NothingFree({ words, action, onAction }: NothingFreeProps) {
  return (
    <div className={classes.nothing}>
      <Text size="sm">{words}</Text>
      <Button variant="default" size="compact-sm" onClick={onAction}>
        {action}
      </Button>
    </div>
  );
}
