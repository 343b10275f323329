import { fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { type Shortcut, useShortcuts } from ".";
import { keyCaps, pressedKey } from "./keys";
import { shortcutsOf, switchSingleKeys } from "./registry";

const run = vi.fn();
const shortcut = (key: string, what = key): Shortcut => ({ key, label: key, run: () => void run(what) });
const GENERAL = [shortcut("n"), shortcut("g t"), shortcut("mod+k"), shortcut("?")];

function Shell({ children }: { children?: React.ReactNode }) {
  useShortcuts(GENERAL, "everywhere");
  return children;
}

function Screen({ shortcuts }: { shortcuts: Shortcut[] }) {
  useShortcuts(shortcuts);
  return null;
}

describe("shortcuts", () => {
  afterEach(() => {
    switchSingleKeys(true);
  });

  it("act on a key, and on two keys one after the other", async () => {
    render(<Shell />);

    await userEvent.keyboard("ngt?{Control>}k{/Control}");

    expect(run.mock.calls).toEqual([["n"], ["g t"], ["?"], ["mod+k"]]);
  });

  it("do not take the second key of a pair that does not exist for one of its own", async () => {
    render(<Shell />);

    await userEvent.keyboard("gn");
    expect(run).not.toHaveBeenCalled();

    await userEvent.keyboard("n");
    expect(run).toHaveBeenCalledExactlyOnceWith("n");
  });

  it("forget the first key of a pair after a while", () => {
    render(<Shell />);
    const press = (key: string, timeStamp: number) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      Object.defineProperty(event, "timeStamp", { value: timeStamp });
      document.body.dispatchEvent(event);
    };

    press("g", 1_000);
    press("t", 3_000);

    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ["an input", <input key="at" aria-label="here" />],
    ["a text area", <textarea key="at" aria-label="here" />],
    ["a list to choose from", <select key="at" aria-label="here" />],
    ["what can be edited", <div key="at" role="textbox" contentEditable tabIndex={0} aria-label="here" />],
    ["an open menu", <div key="at" role="menu" tabIndex={0} aria-label="here" />],
    ["a dialog", <div key="at" role="dialog">
        <button aria-label="here" />
      </div>],
  ])("do not act in %s, except with Ctrl or ⌘", (_, place) => {
    render(<Shell>{place}</Shell>);
    const here = screen.getByLabelText("here");

    fireEvent.keyDown(here, { key: "n" });
    expect(run).not.toHaveBeenCalled();

    fireEvent.keyDown(here, { key: "k", ctrlKey: true });
    expect(run).toHaveBeenCalledExactlyOnceWith("mod+k");
  });

  it("act on a checkbox, where nothing is typed", () => {
    render(
      <Shell>
        <input type="checkbox" aria-label="here" />
      </Shell>,
    );

    fireEvent.keyDown(screen.getByLabelText("here"), { key: "n" });

    expect(run).toHaveBeenCalledExactlyOnceWith("n");
  });

  it("do not act below a dialog, whatever has the focus", async () => {
    render(
      <Shell>
        <div role="dialog" aria-modal="true" />
      </Shell>,
    );

    await userEvent.keyboard("n");

    expect(run).not.toHaveBeenCalled();
  });

  it("do not act on keys held down, already used, or pressed with others", () => {
    render(<Shell />);
    const used = new KeyboardEvent("keydown", { key: "n", cancelable: true });
    used.preventDefault();

    window.dispatchEvent(used);
    fireEvent.keyDown(document.body, { key: "n", repeat: true });
    fireEvent.keyDown(document.body, { key: "n", altKey: true });
    fireEvent.keyDown(document.body, { key: "n", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "n", shiftKey: true });

    expect(run).not.toHaveBeenCalled();
  });

  it("of a screen come before the general ones, and end with it", async () => {
    const { rerender } = render(
      <Shell>
        <Screen shortcuts={[shortcut("n", "of the screen")]} />
      </Shell>,
    );
    await userEvent.keyboard("n");
    expect(run).toHaveBeenLastCalledWith("of the screen");

    rerender(<Shell />);
    await userEvent.keyboard("n");

    expect(run).toHaveBeenLastCalledWith("n");
    expect(shortcutsOf("screen")).toEqual([]);
  });

  it("do what they mean at the last render", async () => {
    const { rerender } = render(<Screen shortcuts={[shortcut("n", "before")]} />);
    rerender(<Screen shortcuts={[shortcut("n", "after")]} />);

    await userEvent.keyboard("n");

    expect(run).toHaveBeenCalledExactlyOnceWith("after");
  });

  it("of single keys can be switched off", async () => {
    render(<Shell />);
    switchSingleKeys(false);

    await userEvent.keyboard("n{Control>}k{/Control}");

    expect(run).toHaveBeenCalledExactlyOnceWith("mod+k");
  });
});

describe("keys", () => {
  const press = (init: KeyboardEventInit, isMac = false) => pressedKey(new KeyboardEvent("keydown", init), isMac);

  it("are written the same way on every keyboard", () => {
    expect(press({ key: "?", shiftKey: true })).toBe("?");
    expect(press({ key: "N" })).toBe("n");
    expect(press({ key: "N", shiftKey: true })).toBe("shift+n");
    expect(press({ key: "ArrowLeft", shiftKey: true })).toBe("shift+ArrowLeft");
    expect(press({ key: " " })).toBe("Space");
    expect(press({ key: "Shift", shiftKey: true })).toBeUndefined();
  });

  it("know the command key of a Mac", () => {
    expect(press({ key: "k", metaKey: true }, true)).toBe("mod+k");
    expect(press({ key: "k", ctrlKey: true }, true)).toBeUndefined();
    expect(press({ key: "k", metaKey: true })).toBeUndefined();
  });

  it("are shown as they are printed", () => {
    expect(keyCaps("g t")).toEqual([["G"], ["T"]]);
    expect(keyCaps("mod+k", true)).toEqual([["⌘", "K"]]);
    expect(keyCaps("mod+k", false)).toEqual([["Ctrl", "K"]]);
    expect(keyCaps("shift+ArrowLeft")).toEqual([["⇧", "←"]]);
  });
});
