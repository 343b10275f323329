import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";

import { session } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Profile } from "./screen";

const sent = vi.fn();

function changingPasswordAnswers(status: number, body: object | null = null, headers = {}) {
  server.use(
    http.post("*/api/me/password/", async ({ request }) => {
      sent(await request.json());
      return body ? HttpResponse.json(body, { status, headers }) : new HttpResponse(null, { status });
    }),
  );
}

async function changePassword({ user }: ReturnType<typeof renderInside>) {
  await user.type(screen.getByLabelText("Present password"), "old secret");
  await user.type(screen.getByLabelText("New password"), "new secret");
  await user.click(screen.getByRole("button", { name: "Change password" }));
}

describe("Your profile", () => {
  afterEach(() => {
    localStorage.clear();
  });

  it("changes the name, everywhere at once", async () => {
    server.use(
      http.patch("*/api/me/", async ({ request }) => {
        const change = (await request.json()) as { name: string };
        sent(change);
        return HttpResponse.json({ ...session.user, ...change });
      }),
    );
    const { user, client } = renderInside(<Profile />);
    client.setQueryData(["session"], session);
    const name = screen.getByRole("textbox", { name: "Name" });
    expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();

    await user.clear(name);
    await user.type(name, "Olga O.");
    await user.click(screen.getByRole("button", { name: "Save" }));

    expect(await screen.findByText("Your name is saved")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ name: "Olga O." }]]);
    expect(client.getQueryData(["session"])).toMatchObject({ user: { name: "Olga O." } });
  });

  it("shows the address, which is not for changing", () => {
    renderInside(<Profile />);

    expect(screen.getByRole("textbox", { name: "E-mail address" })).toHaveAttribute("readonly");
  });

  it("changes the password, and forgets what was typed", async () => {
    changingPasswordAnswers(204);
    const drawn = renderInside(<Profile />);

    await changePassword(drawn);

    expect(await screen.findByText("Your password is changed")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ current_password: "old secret", new_password: "new secret" }]]);
    expect(screen.getByLabelText("Present password")).toHaveValue("");
    expect(screen.getByLabelText("New password")).toHaveValue("");
  });

  it("shows at its field what is wrong with a password", async () => {
    const errors = { current_password: ["This is not your present password."] };
    changingPasswordAnswers(400, { detail: "No.", code: "wrong_password", errors });

    await changePassword(renderInside(<Profile />));

    await waitFor(() => {
      expect(screen.getByLabelText("Present password")).toHaveAccessibleDescription(/not your present password/);
    });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("waits when there were too many attempts", async () => {
    changingPasswordAnswers(429, { detail: "Too many attempts.", code: "too_many_requests" }, { "Retry-After": "60" });

    await changePassword(renderInside(<Profile />));

    expect(await screen.findByRole("alert")).toHaveTextContent("You can try again in 60 seconds.");
    expect(screen.getByRole("button", { name: "Change password" })).toBeDisabled();
  });

  it("sends no password that is not filled in", async () => {
    const { user } = renderInside(<Profile />);

    await user.click(screen.getByRole("button", { name: "Change password" }));

    expect(screen.getByLabelText("Present password")).toHaveAccessibleDescription("Enter your present password.");
    expect(screen.getByLabelText("Present password")).toHaveFocus();
  });

  it("remembers how close rows stand, and the colours", async () => {
    const { user } = renderInside(<Profile />);

    await user.click(screen.getByRole("radio", { name: "Compact" }));
    await user.click(screen.getByRole("radio", { name: "Dark" }));

    expect(localStorage.getItem("density")).toBe("compact");
    expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
  });
});
