import { text } from "@/text";

const ENTITLEMENT_CODES: ReadonlySet<string> = new Set([
  "feature_not_in_plan",
  "feature_revoked",
  "quota_exceeded",
  "subscription_suspended",
]);

interface Refusal {
  status: number;
  code: string;
  detail: string;
  /** What is wrong with single fields of the request. */
  errors?: Readonly<Record<string, readonly string[]>>;
  retryAfterSeconds?: number | null;
  body?: Readonly<Record<string, unknown>>;
}

/** A request that was refused or never got there. `message` is for people, `code` for programs. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** Between which moments (milliseconds of the epoch) the server asks not to try again. */
  readonly wait: { fromMs: number; untilMs: number } | null;
  /** The whole answer: some refusals say more, such as which times are free. Nothing about it is certain. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor({ status, code, detail, errors = {}, retryAfterSeconds = null, body = {} }: Refusal) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.body = body;
    const fromMs = Date.now();
    this.wait = retryAfterSeconds === null ? null : { fromMs, untilMs: fromMs + retryAfterSeconds * 1000 };
  }

  /** Whether the business's plan is the reason, so that the snapshot of the plan may be out of date. */
  get isAboutPlan(): boolean {
    return this.status === 403 && ENTITLEMENT_CODES.has(this.code);
  }

  /** Whether the same request may succeed a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** The request did not reach the server. */
  static unreachable(): ApiError {
    return new ApiError({ status: 0, code: "unreachable", detail: text.errors.unreachable });
  }

  /** The refusal in an answer; one that is not the API's own (a proxy's page) gets a text of ours. */
  static async from(response: Response): Promise<ApiError> {
    const body = await readObject(response);
    return new ApiError({
      status: response.status,
      code: typeof body.code === "string" ? body.code : "unexpected",
      detail: typeof body.detail === "string" ? body.detail : text.errors.unexpected,
      errors: fieldErrors(body.errors),
      retryAfterSeconds: seconds(response.headers.get("Retry-After")),
      body,
    });
  }
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function fieldErrors(errors: unknown): Record<string, string[]> {
  if (!isObject(errors)) return {};
  const texts = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  return Object.fromEntries(Object.entries(errors).map(([field, value]) => [field, texts(value)]));
}

function seconds(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
