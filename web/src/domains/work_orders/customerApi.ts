/** The customer's door: few lines of fetch instead of the staff's client, so that the page is small. */
import { callHeaders, newKey } from "@/kit/api";
import type { Ticket } from "@/kit/live";
import { Problem, toProblem } from "@/kit/problem";

import { texts } from "./customerTexts";
import type { Words } from "./words";

export interface Stage {
  node: string;
  name: Words;
  text: Words;
  state: "done" | "now" | "ahead";
  at: string | null;
}

export interface Progress {
  no: string;
  title: string;
  kind_name: Words;
  status: string;
  store_name: string;
  contact_name: string;
  address: string;
  opened_at: string;
  closed_at: string | null;
  worker_name: string;
  worker_phone: string;
  stages: Stage[];
  asks: "" | "confirm" | "rate";
  asks_until: string | null;
  rating: number | null;
  solved: boolean | null;
  rating_comment: string;
}

async function call<T>(path: string, body?: unknown, key = newKey()): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/c/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...callHeaders(),
        ...(body === undefined ? {} : { "Content-Type": "application/json", "Idempotency-Key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(0, "http.unreachable", texts.t("unreachable"));
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblem(response.status, answer, texts.t("unreachable"));
  return answer as T;
}

const at = (token: string, rest = "") => `${encodeURIComponent(token)}${rest}`;

export const see = (token: string) => call<Progress>(at(token));
export const confirm = (token: string, key: string) => call<Progress>(at(token, "/confirm"), {}, key);
export const rate = (token: string, answers: Record<string, unknown>, key: string) =>
  call<Progress>(at(token, "/rate"), { answers }, key);
export const ticket = (token: string) => call<Ticket>(at(token, "/live"), {});
