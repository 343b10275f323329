import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import CheckIcon from "lucide-react/icons/check";
import CopyIcon from "lucide-react/icons/copy";

import classes from "./styles.module.css";

interface CodeSampleProps {
  code: string;
  copy: string;
  copied: string;
}

/** Something to type elsewhere, and a button that copies it. */
export function CodeSample({ code, copy, copied }: CodeSampleProps) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const label = clipboard.copied ? copied : copy;
  return (
    <div className={classes.sample}>
      <pre className={classes.code}>
        <code>{code}</code>
      </pre>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          className={classes.copy}
          aria-label={label}
          onClick={() => {
            clipboard.copy(code);
          }}
        >
          {clipboard.copied ? <CheckIcon aria-hidden size={16} /> : <CopyIcon aria-hidden size={16} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
