import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  query: string;
  body: unknown;
  key: string | null;
}

type Reply = { status?: number; body: unknown };

/** Stands in for the server: answers by “METHOD /path”, and keeps what it was asked. */
export function server(replies: Record<string, Reply | ((asked: Asked) => Reply)>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", async (input: Request | string) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.href));
    const url = new URL(request.url);
    const text = request.method === "GET" ? "" : await request.text();
    const asked: Asked = {
      method: request.method,
      path: url.pathname,
      query: url.search,
      body: text ? JSON.parse(text) : undefined,
      key: request.headers.get("Idempotency-Key"),
    };
    all.push(asked);
    const found = replies[`${asked.method} ${asked.path}`];
    const reply =
      typeof found === "function"
        ? found(asked)
        : (found ?? { status: 404, body: { title: "没有找到", code: "not_found" } });
    return new Response(JSON.stringify(reply.body), { status: reply.status ?? 200 });
  });
  return all;
}
