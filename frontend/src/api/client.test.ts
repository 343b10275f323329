import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it } from "vitest";

import { session } from "@/testing/fixtures";
import { server } from "@/testing/server";
import { text } from "@/text";

import { ApiError } from "./api-error";
import { api, bodyOf } from "./client";

const credentials = { email: "owner@example.com", password: "secret" };
const signIn = () => bodyOf(api.POST("/api/session/", { body: credentials }));
const refusalOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error as ApiError);

describe("the API's client", () => {
  afterEach(() => {
    document.cookie = "csrftoken=; max-age=0";
  });

  it("echoes the CSRF cookie on writes and on nothing else", async () => {
    const sent: [string, string | null][] = [];
    const note = ({ request }: { request: Request }) => {
      sent.push([request.method, request.headers.get("X-CSRFToken")]);
      return HttpResponse.json(session);
    };
    server.use(http.get("*/api/session/", note), http.post("*/api/session/", note));
    document.cookie = "csrftoken=abc123";

    await bodyOf(api.GET("/api/session/"));
    await signIn();

    expect(sent).toEqual([
      ["GET", null],
      ["POST", "abc123"],
    ]);
  });

  it("turns a refusal into an ApiError", async () => {
    server.use(
      http.post("*/api/session/", () =>
        HttpResponse.json(
          { detail: "Wait.", code: "locked_out", errors: { email: ["No."] } },
          { status: 429, headers: { "Retry-After": "900" } },
        ),
      ),
    );

    const error = await refusalOf(signIn());

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 429, code: "locked_out", message: "Wait.", errors: { email: ["No."] } });
    expect((error?.wait?.untilMs ?? 0) - (error?.wait?.fromMs ?? 0)).toBe(900_000);
  });

  it("has words of its own for an answer that is not the API's", async () => {
    server.use(http.post("*/api/session/", () => HttpResponse.html("<h1>Bad gateway</h1>", { status: 502 })));

    expect(await refusalOf(signIn())).toMatchObject({
      status: 502,
      code: "unexpected",
      message: text.errors.unexpected,
      isPassing: true,
    });
  });

  it("says so when the server cannot be reached", async () => {
    server.use(http.post("*/api/session/", () => HttpResponse.error()));

    expect(await refusalOf(signIn())).toMatchObject({ code: "unreachable", message: text.errors.unreachable });
  });
});
