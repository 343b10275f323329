import { Anchor } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation } from "react-router";

import { useViewer } from "@/api/viewer";
import { useFreshPlan } from "@/plan/useFreshPlan";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { useAccent } from "@/ui/accent";
import { useDensityOnRoot } from "@/ui/density";

import { useGeneralShortcuts } from "../shortcuts/use-general-shortcuts";
import { BottomBar } from "./bottom-bar";
import { MenuDrawer } from "./menu-drawer";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar";
import { SupportBanner } from "./support-banner";
import { TopBar } from "./top-bar";
import { useOverlays } from "./use-overlays";

/** What surrounds every screen: a sidebar, or on narrow windows a bar above and one at the foot. */
export function Shell() {
  const { business } = useViewer();
  const { isSuspended } = usePlanFeatures();
  const [isMenuOpen, menu] = useDisclosure(false);
  const { openPalette, openHelp, overlays } = useOverlays();
  const main = useFocusOnNavigation();
  useFreshPlan();
  useAccent(business.accent);
  useDensityOnRoot();
  useGeneralShortcuts({ openPalette, openHelp });
  return (
    <div className={classes.shell}>
      <Anchor href="#content" className={classes.skip}>
        {text.shell.skip}
      </Anchor>
      <SupportBanner />
      <Sidebar onSearch={openPalette} onHelp={openHelp} />
      <TopBar onSearch={openPalette} onHelp={openHelp} />
      <MenuDrawer isOpen={isMenuOpen} onClose={menu.close} />
      <main id="content" ref={main} tabIndex={-1} className={classes.content}>
        {isSuspended && (
          <div className={classes.warning} role="status">
            <strong>{text.shell.suspendedHeading}.</strong> {text.shell.suspended}
          </div>
        )}
        <Outlet />
      </main>
      <BottomBar isMenuOpen={isMenuOpen} onMenu={menu.open} />
      {overlays}
      <ScrollRestoration />
    </div>
  );
}

/** Moves the focus to the new screen, as loading a page would; not away from a dialog that was opened meanwhile. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (document.activeElement?.closest("[aria-modal=true]")) return;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
