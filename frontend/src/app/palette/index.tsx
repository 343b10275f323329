import { Modal } from "@mantine/core";

import { text } from "@/text";

import { PaletteBody } from "./body";
import classes from "./palette.module.css";

interface PaletteProps {
  isOpen: boolean;
  /** Told what was chosen, undefined when nothing was. */
  onClose: (chosen?: () => void) => void;
  onHelp: () => void;
}

/** The palette from which everything is reached by typing. */
export default function Palette({ isOpen, onClose, onHelp }: PaletteProps) {
  return (
    <Modal.Root
      opened={isOpen}
      onClose={() => onClose()}
      returnFocus={false}
      classNames={{ inner: classes.place, content: classes.palette }}
      size={640}
      radius={14}
      transitionProps={{ duration: 120, transition: "pop" }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={text.palette.label}>
        <PaletteBody onClose={onClose} onHelp={onHelp} />
      </Modal.Content>
    </Modal.Root>
  );
}
