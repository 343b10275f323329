import { Drawer } from "@mantine/core";
import { useState } from "react";

import { text } from "@/text";

import { BusinessName } from "./business-name";
import { ColorSchemeToggle } from "./color-scheme-toggle";
import { Navigation } from "./navigation";
import classes from "./shell.module.css";

interface MenuDrawerProps {
  isOpen: boolean;
  onClose: () => void;
}

/** The whole navigation on narrow windows. */
export function MenuDrawer({ isOpen, onClose }: MenuDrawerProps) {
  const [isLeaving, setLeaving] = useState(false);
  const close = (leaves: boolean) => {
    setLeaving(leaves);
    // The screen that was chosen takes the focus, not the button that opened the menu.
    if (leaves && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onClose();
  };
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={() => close(false)}
      returnFocus={!isLeaving}
      size={304}
      position="right"
      classNames={{ content: classes.drawer }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={text.shell.menu}>
        <Drawer.Body className={classes.drawerBody}>
          <div className={classes.drawerHead}>
            <BusinessName />
            <Drawer.CloseButton aria-label={text.shell.closeMenu} size="lg" />
          </div>
          <Navigation onChoose={() => close(true)} />
          <div className={classes.foot}>
            <ColorSchemeToggle />
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
