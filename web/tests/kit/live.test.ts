import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type News, Stream, type Ticket, readNews, streamUrl } from "@/kit/live";

class Source {
  static readonly made: Source[] = [];
  readyState = 1;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    Source.made.push(this);
  }
  addEventListener(): void {}
  close(): void {
    this.closed = true;
  }
  say(data: unknown, id: string): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(data), lastEventId: id }));
  }
}

const ticket = (name: string, seconds = 600): Ticket => ({
  ticket: name,
  url: "/live/stream",
  expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
});

beforeEach(() => {
  vi.useFakeTimers();
  Source.made.length = 0;
});
afterEach(() => void vi.useRealTimers());

function stream(makeTicket: (topics: readonly string[]) => Promise<Ticket>): {
  stream: Stream;
  heard: News[];
} {
  const heard: News[] = [];
  const made = new Stream(
    makeTicket,
    (news) => heard.push(news),
    (url) => new Source(url) as unknown as EventSource,
  );
  return { stream: made, heard };
}

test("one ticket over all topics, news are passed on", async () => {
  const asked: (readonly string[])[] = [];
  const { stream: live, heard } = stream((topics) => {
    asked.push(topics);
    return Promise.resolve(ticket("t1"));
  });
  live.follow(["work_order@*", "staff:3", "staff:3"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([["staff:3", "work_order@*"]]);
  expect(Source.made.map((one) => new URL(one.url).search)).toEqual(["?ticket=t1"]);
  Source.made[0]?.say({ topic: "staff:3", id: 9 }, "41");
  expect(heard).toEqual([{ topic: "staff:3", id: 9 }]);
});

test("the ticket is renewed a minute before it ends, and the stream resumes where it stopped", async () => {
  let number = 0;
  const { stream: live } = stream(() => Promise.resolve(ticket(`t${++number}`)));
  live.follow(["staff:3"]);
  await vi.advanceTimersByTimeAsync(0);
  Source.made[0]?.say({ topic: "staff:3" }, "41");
  await vi.advanceTimersByTimeAsync(540_000);
  expect(Source.made).toHaveLength(2);
  expect(Source.made[0]?.closed).toBe(true);
  expect(new URL(Source.made[1]?.url ?? "").search).toBe("?ticket=t2&last_event_id=41");
});

test("following the same topics again opens nothing new; none closes", async () => {
  const { stream: live } = stream(() => Promise.resolve(ticket("t")));
  live.follow(["a", "b"]);
  await vi.advanceTimersByTimeAsync(0);
  live.follow(["b", "a"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(Source.made).toHaveLength(1);
  live.follow([]);
  expect(Source.made[0]?.closed).toBe(true);
});

test("a refused ticket is asked for again, later and later", async () => {
  let tries = 0;
  const { stream: live } = stream(() => {
    tries += 1;
    return Promise.reject(new Error("down"));
  });
  live.follow(["a"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1_300);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(1_300);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(1_300);
  expect(tries).toBe(3);
  live.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(tries).toBe(3);
});

test("what is no news is nothing", () => {
  expect(readNews("ping")).toBeNull();
  expect(readNews('{"x":1}')).toBeNull();
  expect(readNews('{"topic":"a","position":4}')).toEqual({ topic: "a", position: 4 });
});

test("an address that carries its ticket is left as it is", () => {
  const made = new URL(
    streamUrl({ ticket: "t", url: "http://live.local:9/s?ticket=t", expires_at: "" }, null),
  );
  expect(made.href).toBe("http://live.local:9/s?ticket=t");
});
