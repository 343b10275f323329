import { describe, expect, it } from "vitest";

import { pathAfterSignIn, signInPath } from "./paths";

describe("the way through the sign-in", () => {
  it("leads back to where it started", () => {
    const wanted = "/settings/plan?feature=can_api_access";

    const address = new URL(signInPath(wanted), "http://demo.localhost");

    expect(pathAfterSignIn(address.searchParams.get("next"))).toBe(wanted);
  });

  it.each([null, "", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "does not lead away with %s",
    (next) => {
      expect(pathAfterSignIn(next)).toBe("/");
    },
  );
});
