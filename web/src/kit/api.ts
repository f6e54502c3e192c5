import createClient from "openapi-fetch";

import type { paths } from "@/generated/api";

import { currentLocale } from "./i18n";
import { kitTexts } from "./kitTexts";
import { Problem, toProblem } from "./problem";

type Verb = "get" | "post" | "put" | "patch" | "delete";

// An address the description does not know yet is typed loosely, here and nowhere else.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

type Operation<P extends string, V extends Verb> = P extends keyof paths
  ? V extends keyof paths[P]
    ? paths[P][V]
    : Loose
  : Loose;

type JsonOf<R> = R extends { content: { "application/json": infer Body } } ? Body : undefined;

/** What the server answers on success. */
export type Answer<P extends string, V extends Verb = "get"> =
  Operation<P, V> extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 202 | 204)]> : Loose;

/** What the server wants as body. */
export type Body<P extends string, V extends Verb = "post"> =
  Operation<P, V> extends { requestBody: { content: { "application/json": infer B } } } ? B : Loose;

/** Addresses the description knows; others are accepted too. */
export type Path = (keyof paths & string) | (string & {});

export type Query = Record<
  string,
  string | number | boolean | readonly (string | number)[] | null | undefined
>;

export interface CallOptions {
  /** Values for `{places}` in the address. */
  path?: Record<string, string | number>;
  query?: Query;
  signal?: AbortSignal;
}

export interface SendOptions<B = unknown> extends CallOptions {
  body?: B;
  /** From `useIdempotencyKey`: the same form sent twice is done once. Without one, this call gets its own. */
  key?: string;
}

export const newKey = (): string =>
  typeof crypto.randomUUID === "function" ? crypto.randomUUID() : randomHex();

// crypto.randomUUID is missing on plain http addresses other than localhost
function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** The token Django compares with its cookie. */
export function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** Headers every call carries; uploads and live tickets use them too. */
export function callHeaders(): Record<string, string> {
  return { "Accept-Language": currentLocale(), "X-CSRFToken": csrfToken() };
}

let onSignedOut: () => void = () => undefined;

/** Says what happens when the server no longer knows who asks; each entry sets its own. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

type AnyPaths = Record<string, Record<string, Loose>>;
const client = createClient<AnyPaths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  // looked up at each call, so that a test or a monitor may stand in for it
  fetch: (request) => globalThis.fetch(request),
  querySerializer: { array: { style: "form", explode: true } },
});
client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(callHeaders())) request.headers.set(name, value);
    return request;
  },
});

function fallbackWords(status: number): string {
  if (status === 403) return kitTexts.t("forbidden");
  if (status === 404) return kitTexts.t("notFound");
  return kitTexts.t(status >= 500 ? "serverFailed" : "failed");
}

async function call(verb: Verb, path: string, options: SendOptions): Promise<Loose> {
  const headers: Record<string, string> = {};
  if (verb !== "get") headers["Idempotency-Key"] = options.key ?? newKey();
  const init = {
    params: { path: options.path ?? {}, query: withoutEmpty(options.query ?? {}) },
    body: options.body,
    signal: options.signal,
    headers,
  };
  let result: { data?: Loose; error?: unknown; response: Response };
  try {
    // the verbs of this client are typed by the description above, not by its own generics
    result = await (client.request as Loose)(verb, path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0, "http.unreachable", kitTexts.t("networkFailed"));
  }
  const { response } = result;
  if (response.ok) return response.status === 204 ? undefined : result.data;
  if (response.status === 401) onSignedOut();
  throw toProblem(response.status, result.error, fallbackWords(response.status));
}

function withoutEmpty(query: Query): Query {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}

/** One door to the server. Every call throws a `Problem` when it fails. */
export const api = {
  get: <P extends Path>(path: P, options: CallOptions = {}): Promise<Answer<P>> => call("get", path, options),
  post: <P extends Path>(path: P, options: SendOptions<Body<P>> = {}): Promise<Answer<P, "post">> =>
    call("post", path, options),
  put: <P extends Path>(path: P, options: SendOptions<Body<P, "put">> = {}): Promise<Answer<P, "put">> =>
    call("put", path, options),
  patch: <P extends Path>(
    path: P,
    options: SendOptions<Body<P, "patch">> = {},
  ): Promise<Answer<P, "patch">> => call("patch", path, options),
  delete: <P extends Path>(
    path: P,
    options: SendOptions<Body<P, "delete">> = {},
  ): Promise<Answer<P, "delete">> => call("delete", path, options),
};

/** The address of a download, with the filters that are on. */
export function downloadUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(withoutEmpty(query))) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
