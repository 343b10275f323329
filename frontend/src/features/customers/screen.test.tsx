import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Customer } from "@/api/shapes";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Customers } from "./screen";

function customerWith(parts: Partial<Customer> = {}): Customer {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11",
    name: "Ada Lovelace",
    email: "ada@example.com",
    phone: "+1 212-555-0100",
    notes: "",
    tags: [],
    is_active: true,
    created_at: "2026-01-05T23:30:00-05:00",
    updated_at: "2026-01-05T23:30:00-05:00",
    ...parts,
  };
}

/** Lets the list be what `find` returns for what it is asked; returns the questions of the table itself. */
function customersAre(find: (query: URLSearchParams) => Customer[]) {
  const asked: string[] = [];
  server.use(
    http.get("*/api/customers/", ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get("page_size") === "25") asked.push(query.toString());
      return HttpResponse.json(page(find(query)));
    }),
  );
  return asked;
}

describe("Customers", () => {
  beforeEach(() => {
    customersAre(() => [customerWith({ tags: ["vip", "student"] })]);
  });

  it("lists the active ones by name, with ways to reach them", async () => {
    const asked = customersAre(() => [customerWith()]);

    renderInside(<Customers />);

    const table = await screen.findByRole("table", { name: "Customers" });
    expect(await within(table).findByRole("button", { name: "Ada Lovelace" })).toBeVisible();
    expect(asked).toEqual(["page=1&page_size=25&ordering=name&is_active=true"]);
    const links = within(table).getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(links).toEqual(["mailto:ada@example.com", "tel:+1 212-555-0100"]);
    expect(within(table).getByText("Jan 5, 2026")).toBeVisible();
  });

  it("keeps what narrows it in the address, and begins at the first page again", async () => {
    const asked = customersAre(() => [customerWith({ tags: ["vip"] })]);
    const { user, router } = renderInside(<Customers />, { at: "/?page=3" });

    await user.click(await screen.findByRole("button", { name: "Show customers tagged vip" }));
    await user.click(screen.getByRole("radio", { name: "All" }));
    await user.click(screen.getByRole("button", { name: "Customer since" }));

    await waitFor(() => {
      expect(asked.at(-1)).toBe("page=1&page_size=25&ordering=created_at&tag=vip");
    });
    expect(router.state.location.search).toBe("?tag=vip&active=any&ordering=created_at");
  });

  it("says so when nobody matches, and lets go of the filters", async () => {
    customersAre((query) => (query.get("search") ? [] : [customerWith()]));
    const { user } = renderInside(<Customers />, { at: "/?search=zzz" });

    expect(await screen.findByText("Nobody matches")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Clear filters" }));

    expect(await screen.findByRole("button", { name: "Ada Lovelace" })).toBeVisible();
    expect(screen.getByRole("searchbox")).toHaveValue("");
  });

  it("offers to add the first customer", async () => {
    customersAre(() => []);

    renderInside(<Customers />);

    expect(await screen.findByText("No customers yet")).toBeVisible();
    expect(screen.getAllByRole("button", { name: "New customer" })).toHaveLength(2);
  });

  it("says so when the list cannot be loaded, and tries again", async () => {
    server.use(
      http.get("*/api/customers/", () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 })),
    );
    const { user } = renderInside(<Customers />);
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Busy.");

    customersAre(() => [customerWith()]);
    await user.click(within(alert).getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("button", { name: "Ada Lovelace" })).toBeVisible();
  });

  it("adds a customer, points out who has the same number, and goes to the new one", async () => {
    const sent = vi.fn();
    customersAre((query) => (query.get("search") === "0100" ? [customerWith()] : []));
    server.use(
      http.post("*/api/customers/", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(customerWith({ id: "new", name: "Grace Kim" }), { status: 201 });
      }),
    );
    const { user, router } = renderInside(<Customers />, { at: "/?new=true" });
    const dialog = within(await screen.findByRole("dialog", { name: "New customer" }));

    await user.type(dialog.getByRole("textbox", { name: "Name" }), " Grace Kim");
    await user.type(dialog.getByRole("textbox", { name: "Phone" }), "+12125550100");
    expect(await dialog.findByText(/Already has this phone number/)).toBeVisible();
    const known = dialog.getByRole("link", { name: "Ada Lovelace" });
    expect(known).toHaveAttribute("href", `/customers/${customerWith().id}`);
    await user.click(dialog.getByRole("button", { name: "Add customer" }));

    expect(await screen.findByText("Grace Kim added")).toBeVisible();
    const given = { name: "Grace Kim", email: "", phone: "+12125550100", tags: [], notes: "" };
    expect(sent).toHaveBeenCalledExactlyOnceWith(given);
    expect(router.state.location.pathname).toBe("/customers/new");
  });

  it("shows what is wrong at its field", async () => {
    const problem = { detail: "No.", code: "invalid", errors: { email: ["Enter a valid email address."] } };
    server.use(http.post("*/api/customers/", () => HttpResponse.json(problem, { status: 400 })));
    const { user } = renderInside(<Customers />, { at: "/?new=true" });
    const dialog = within(await screen.findByRole("dialog", { name: "New customer" }));

    await user.click(dialog.getByRole("button", { name: "Add customer" }));
    expect(await dialog.findByText("Enter a name.")).toBeVisible();
    await user.type(dialog.getByRole("textbox", { name: "Name" }), "Grace");
    await user.type(dialog.getByRole("textbox", { name: "E-mail" }), "grace@");
    await user.click(dialog.getByRole("button", { name: "Add customer" }));

    expect(await dialog.findByText("Enter a valid email address.")).toBeVisible();
    expect(dialog.getByRole("textbox", { name: "E-mail" })).toBeInvalid();
    expect(dialog.queryByRole("alert")).toBeNull();
  });
});
