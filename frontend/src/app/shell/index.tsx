import { Anchor, Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation } from "react-router";

import { useViewer } from "@/api/viewer";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { Mark } from "@/ui/Brand";

import { ColorSchemeToggle } from "./color-scheme-toggle";
import { Navigation } from "./navigation";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu";

/** What surrounds every screen: a sidebar, or on narrow windows a bar with a drawer. */
export function Shell() {
  const { business } = useViewer();
  const { isSuspended } = usePlanFeatures();
  const [isOpen, drawer] = useDisclosure(false);
  const main = useFocusOnNavigation();
  return (
    <div className={classes.shell}>
      <Anchor href="#content" className={classes.skip}>
        {text.shell.skip}
      </Anchor>
      <aside className={classes.sidebar}>
        <BusinessName name={business.name} />
        <Navigation />
        <div className={classes.foot}>
          <UserMenu />
          <ColorSchemeToggle />
        </div>
      </aside>
      <header className={classes.bar}>
        <Burger
          opened={isOpen}
          onClick={drawer.open}
          size="sm"
          aria-label={text.shell.openMenu}
          aria-haspopup="dialog"
        />
        <BusinessName name={business.name} />
        <UserMenu isCompact />
      </header>
      <Drawer.Root opened={isOpen} onClose={drawer.close} size={288}>
        <Drawer.Overlay />
        <Drawer.Content className={classes.drawer} aria-label={text.shell.menu}>
          <Drawer.Body className={classes.drawerBody}>
            <div className={classes.drawerHead}>
              <BusinessName name={business.name} />
              <Drawer.CloseButton aria-label={text.shell.closeMenu} size="lg" />
            </div>
            <Navigation onChoose={drawer.close} />
            <div className={classes.foot}>
              <ColorSchemeToggle />
            </div>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <main id="content" ref={main} tabIndex={-1} className={classes.content}>
        {isSuspended && (
          <div className={classes.warning} role="status">
            <strong>{text.shell.suspendedHeading}.</strong> {text.shell.suspended}
          </div>
        )}
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  );
}

function BusinessName({ name }: { name: string }) {
  return (
    <span className={classes.business}>
      <Mark />
      <span className={classes.businessName}>{name}</span>
    </span>
  );
}

/** Moves the focus to the new screen, as loading a page would. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
