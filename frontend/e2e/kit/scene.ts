import type { Appointment, Resource } from "@/api/shapes";
import type { paths } from "@/api/schema";

import type { Api } from "./session";

export type Service = BodyOf<"/api/services/">;
export type Customer = BodyOf<"/api/customers/">;
type BodyOf<P extends "/api/services/" | "/api/customers/"> =
  paths[P]["get"]["responses"][200]["content"]["application/json"]["results"][number];

type Wish = Pick<Appointment, "start_at" | "notes"> & { allow_outside_hours: boolean };

export interface Slot {
  /** Instants with the offset of the business's zone. */
  start: string;
  end: string;
}

const ROUND_THE_CLOCK = [{ opens: "00:00", closes: "24:00" }];
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes rows of a test's own, with names nobody else has, and takes them out of use when the test is over. Its people
 * work round the clock, so that nothing depends on the day or hour at which the test is run.
 */
export class Scene {
  readonly #api: Api;
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor(api: Api) {
    this.#api = api;
  }

  /** Returns a name that occurs once in the whole business. */
  name(kind: string): string {
    return `${kind} ${crypto.randomUUID().slice(0, 8)}`;
  }

  async customer(given: Partial<Customer> = {}): Promise<Customer> {
    const body = { name: this.name("Customer"), ...given };
    const { data } = await this.#api.POST("/api/customers/", { body: body as Customer });
    const customer = found(data);
    this.#ends.push(() =>
      this.#api.PATCH("/api/customers/{id}/", { params: { path: { id: customer.id } }, body: { is_active: false } }),
    );
    return customer;
  }

  /** Somebody who works at every hour. The plan of the salon has room for six of them at a time. */
  async resource(given: Partial<Resource> = {}): Promise<Resource> {
    const body = { name: this.name("Resource"), type: "staff" as const, color: "#5b7c99", ...given };
    const { data } = await this.#api.POST("/api/resources/", { body: body as Resource });
    const resource = found(data);
    this.#ends.push(() =>
      this.#api.PATCH("/api/resources/{id}/", {
        params: { path: { id: resource.id }, query: { force: true } },
        body: { is_active: false },
      }),
    );
    await this.#api.PUT("/api/schedule/working-hours/week/", {
      body: { resource: resource.id, days: WEEKDAYS.map((weekday) => ({ weekday, intervals: ROUND_THE_CLOCK })) },
    });
    return resource;
  }

  /** Half an hour, at every half hour, without notice; `resources` perform it. */
  async service(resources: readonly Resource[], given: Partial<Service> = {}): Promise<Service> {
    const body = {
      name: this.name("Service"),
      duration_minutes: 30,
      slot_step_minutes: 30,
      price_cents: 4_200,
      resources: resources.map(({ id }) => id),
      ...given,
    };
    const { data } = await this.#api.POST("/api/services/", { body: body as Service });
    const service = found(data);
    this.#ends.push(() =>
      this.#api.PATCH("/api/services/{id}/", { params: { path: { id: service.id } }, body: { is_active: false } }),
    );
    return service;
  }

  /** Everything that is needed to book. */
  async bookable(): Promise<{ customer: Customer; resource: Resource; service: Service }> {
    const [customer, resource] = await Promise.all([this.customer(), this.resource()]);
    return { customer, resource, service: await this.service([resource]) };
  }

  /** Free starts of a service, from the date that many days from today, in the business's zone, for a week. */
  async slots(service: Service, daysAhead = 3): Promise<Slot[]> {
    const [from, to] = await Promise.all([this.date(daysAhead), this.date(daysAhead + 6)]);
    const { data } = await this.#api.GET("/api/schedule/availability/", {
      params: { query: { service_id: service.id, from, to } },
    });
    return found(data).days.flatMap((day) => [...day.slots]);
  }

  /** The first free start at or after a wall-clock time of the business, on a later day where that one is a holiday. */
  async slot(service: Service, { daysAhead = 3, from = "10:00" } = {}): Promise<Slot> {
    const slots = await this.slots(service, daysAhead);
    return found(slots.find(({ start }) => start.slice(11, 16) >= from));
  }

  /** Books, at a free start unless `start_at` is given. */
  async appointment(
    { customer, service }: { customer: Customer; service: Service },
    { start_at, notes = "", allow_outside_hours = false }: Partial<Wish> = {},
  ): Promise<Appointment> {
    const start = start_at ?? (await this.slot(service)).start;
    const body = { service: service.id, customer: customer.id, start_at: start, notes, allow_outside_hours };
    const { data } = await this.#api.POST("/api/appointments/", { body });
    return found(data);
  }

  /** The business's date that many days from today, as YYYY-MM-DD. */
  async date(daysAhead = 0): Promise<string> {
    const { data } = await this.#api.GET("/api/session/");
    const zone = found(data).business.timezone;
    const today = new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format()}T00:00:00Z`);
    return new Date(today.getTime() + daysAhead * DAY_MS).toISOString().slice(0, 10);
  }

  /** Takes out of use what was made, last things first. */
  async clear(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
  }
}

/** Returns what is there. Throws for what is not. */
export function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("Nothing there.");
  return value;
}
