import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";

import { text } from "@/text";

interface FormDialogProps {
  opened: boolean;
  onClose: () => void;
  heading: string;
  children: ReactNode;
}

/** A dialog with a form; on a phone it fills the screen. What was typed is gone once it is closed. */
export function FormDialog({ opened, onClose, heading, children }: FormDialogProps) {
  const isPhone = useMediaQuery("(max-width: 40em)");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={heading}
      centered
      size="lg"
      radius={14}
      padding="lg"
      fullScreen={isPhone}
      styles={{
        title: { fontSize: "var(--mantine-font-size-lg)", fontWeight: 620 },
        header: { backgroundColor: "var(--surface)" },
      }}
      closeButtonProps={{ "aria-label": text.dialog.close }}
    >
      {children}
    </Modal>
  );
}
