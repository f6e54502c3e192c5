/** What went wrong, as the server says it (RFC 9457 problem+json), or as the line failing says it. */
export interface FieldError {
  field: string;
  message: string;
  code?: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;

  constructor(
    status: number,
    code: string,
    message: string,
    errors: readonly FieldError[] = [],
    requestId: string | null = null,
  ) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.requestId = requestId;
  }

  /** Trying again can help: the line was down, the server was busy or fell over. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((item) => ({
    field: text(item["field"]) ?? "",
    message: text(item["message"]) ?? "",
    code: text(item["code"]) ?? undefined,
  }));
}

/** Reads an answer's body; whatever it is, the result has words for a person. */
export function toProblem(status: number, body: unknown, fallback: string): Problem {
  if (!isRecord(body)) return new Problem(status, `http.${status}`, fallback);
  const message = text(body["detail"]) ?? text(body["title"]) ?? fallback;
  const code = text(body["code"]) ?? `http.${status}`;
  return new Problem(status, code, message, fieldErrors(body["errors"]), text(body["request_id"]));
}
