import { Drawer } from "@mantine/core";

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
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} size={304} position="right" classNames={{ content: classes.drawer }}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={text.shell.menu}>
        <Drawer.Body className={classes.drawerBody}>
          <div className={classes.drawerHead}>
            <BusinessName />
            <Drawer.CloseButton aria-label={text.shell.closeMenu} size="lg" />
          </div>
          <Navigation onChoose={onClose} />
          <div className={classes.foot}>
            <ColorSchemeToggle />
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
