export interface Person {
  /** The first label of its address. */
  business: string;
  email: string;
}

/** The password of every demo login. */
export const PASSWORD = "password";
export const PLATFORM_ADMIN = "admin@platform.example";

/** The salon has nearly everything, the clinic everything, and the barber shop is on the free plan. */
export const people = {
  owner: { business: "demo", email: "test@example.com" },
  manager: { business: "demo", email: "manager@demo.example" },
  staff: { business: "demo", email: "staff@demo.example" },
  clinicOwner: { business: "clinic", email: "owner@clinic.example" },
  freeOwner: { business: "starter", email: "owner@starter.example" },
  freeStaff: { business: "starter", email: "staff@starter.example" },
} as const satisfies Record<string, Person>;
