const COOKIE_NAMES = ["__Host-csrf", "csrftoken"];

/** Returns the token that writes must carry; empty until `GET /api/session/` has set its cookie. */
export function csrfToken(): string {
  const cookies = new Map(
    document.cookie.split("; ").map((pair): [string, string] => {
      const [name = "", value = ""] = pair.split("=", 2);
      return [name, decodeURIComponent(value)];
    }),
  );
  return COOKIE_NAMES.map((name) => cookies.get(name)).find((value) => value !== undefined) ?? "";
}
