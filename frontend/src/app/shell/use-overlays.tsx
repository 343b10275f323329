import { lazy, Suspense, useCallback, useRef, useState } from "react";

const Palette = lazy(() => import("../palette"));
const Help = lazy(() => import("../shortcuts/help"));

type Overlay = "palette" | "help";

/** The palette and the list of shortcuts, loaded when they are first opened. */
export function useOverlays() {
  const [open, setOpen] = useState<Overlay | null>(null);
  const [loaded, setLoaded] = useState<readonly Overlay[]>([]);
  const before = useRef<Element | null>(null);
  const show = useCallback((overlay: Overlay) => {
    before.current = document.activeElement;
    setLoaded((known) => (known.includes(overlay) ? known : [...known, overlay]));
    setOpen((shown) => (shown === overlay ? null : overlay));
  }, []);
  const openPalette = useCallback(() => show("palette"), [show]);
  const openHelp = useCallback(() => show("help"), [show]);
  /** What was chosen acts with the focus where it was, so that a dialog it opens gives it back there. */
  const closePalette = (chosen?: () => void) => {
    setOpen(null);
    const held = document.activeElement;
    if (before.current instanceof HTMLElement) before.current.focus();
    // Where nothing had the focus, the fading palette must not keep it: a new screen takes it from no open dialog.
    if (held instanceof HTMLElement && document.activeElement === held) held.blur();
    chosen?.();
  };
  const overlays = (
    <Suspense fallback={null}>
      {loaded.includes("palette") && (
        <Palette isOpen={open === "palette"} onClose={closePalette} onHelp={openHelp} />
      )}
      {loaded.includes("help") && <Help isOpen={open === "help"} onClose={() => setOpen(null)} />}
    </Suspense>
  );
  return { openPalette, openHelp, overlays };
}
