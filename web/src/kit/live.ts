/**
 * Live updates: one stream per browser for all its tabs. The tab that holds the Web Lock leads: it asks for a signed
 * ticket over everybody's topics, keeps the stream open, renews the ticket before it ends, resumes where it stopped,
 * and passes news on to the other tabs. News say only *that* something moved; pages read it again through the API.
 */
import { useEffect, useRef } from "react";

import { callHeaders, newKey } from "./api";

export interface Ticket {
  ticket: string;
  url: string;
  expires_at: string;
}

export interface News {
  topic: string;
  id?: number;
  position?: number;
}

type Listener = (news: News) => void;
export type TicketMaker = (topics: readonly string[]) => Promise<Ticket>;

const RENEW_BEFORE_MS = 60_000;
const RETRY_FROM_MS = 1_000;
const RETRY_TO_MS = 30_000;

export async function staffTicket(topics: readonly string[]): Promise<Ticket> {
  const response = await fetch("/api/live/tickets", {
    method: "POST",
    headers: { ...callHeaders(), "Content-Type": "application/json", "Idempotency-Key": newKey() },
    body: JSON.stringify({ topics }),
  });
  if (!response.ok) throw new Error(`live ticket: ${response.status}`);
  return (await response.json()) as Ticket;
}

/** The address of a stream, resuming after the last position seen. */
export function streamUrl(ticket: Ticket, lastId: string | null): string {
  const url = new URL(ticket.url, location.href);
  if (!url.searchParams.has("ticket")) url.searchParams.set("ticket", ticket.ticket);
  if (lastId) url.searchParams.set("last_event_id", lastId);
  return url.href;
}

/** Reads one message of the stream; null when it is not news. */
export function readNews(data: string): News | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return null;
    const topic = (value as { topic?: unknown }).topic;
    return typeof topic === "string" ? (value as News) : null;
  } catch {
    return null;
  }
}

/** One open stream, with renewal and resumption. */
export class Stream {
  private source: EventSource | null = null;
  private renewal: number | undefined;
  private wait = RETRY_FROM_MS;
  private lastId: string | null = null;
  private topics: readonly string[] = [];
  private stopped = false;

  constructor(
    private readonly makeTicket: TicketMaker,
    private readonly onNews: Listener,
    private readonly open: (url: string) => EventSource = (url) => new EventSource(url),
  ) {}

  /** Follows exactly these topics from now on. */
  follow(topics: readonly string[]): void {
    const next = [...new Set(topics)].sort();
    if (next.join("\n") === this.topics.join("\n")) return;
    this.topics = next;
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.close();
  }

  private close(): void {
    clearTimeout(this.renewal);
    this.source?.close();
    this.source = null;
  }

  private async connect(): Promise<void> {
    const topics = this.topics;
    if (this.stopped || topics.length === 0) return this.close();
    let ticket: Ticket;
    try {
      ticket = await this.makeTicket(topics);
    } catch {
      return this.later();
    }
    if (this.stopped || topics !== this.topics) return;
    this.close();
    const source = this.open(streamUrl(ticket, this.lastId));
    this.source = source;
    const take = (event: MessageEvent<string>) => {
      if (event.lastEventId) this.lastId = event.lastEventId;
      const news = readNews(event.data);
      if (news) this.onNews(news);
    };
    source.onmessage = take;
    source.addEventListener("change", take as EventListener);
    source.onopen = () => (this.wait = RETRY_FROM_MS);
    // a closed stream is asked for anew with a new ticket; a broken line the browser mends by itself
    source.onerror = () => source.readyState === EventSource.CLOSED && this.later();
    const lives = new Date(ticket.expires_at).getTime() - Date.now();
    this.renewal = window.setTimeout(
      () => void this.connect(),
      Math.max(RETRY_FROM_MS, lives - RENEW_BEFORE_MS),
    );
  }

  private later(): void {
    this.close();
    this.renewal = window.setTimeout(() => void this.connect(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(RETRY_TO_MS, this.wait * 2);
  }
}

type Message =
  | { kind: "want"; tab: string; topics: readonly string[] }
  | { kind: "gone"; tab: string }
  | { kind: "ask" }
  | { kind: "news"; news: News };

/** What the tabs of one browser tell each other. */
class Tabs {
  private readonly tab = newKey();
  private readonly channel = new BroadcastChannel("shuniu-live");
  private readonly wishes = new Map<string, readonly string[]>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private stream: Stream | null = null;

  constructor() {
    this.channel.onmessage = (event: MessageEvent<Message>) => this.hear(event.data);
    // the lock is released when the tab goes, and the next one in the queue leads
    void navigator.locks.request("shuniu-live", () => this.lead());
    window.addEventListener("pagehide", () => this.say({ kind: "gone", tab: this.tab }));
  }

  listen(topic: string, listener: Listener): () => void {
    const all = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, all.add(listener));
    this.wish();
    return () => {
      all.delete(listener);
      if (all.size === 0) this.listeners.delete(topic);
      this.wish();
    };
  }

  private wished = false;

  private wish(): void {
    if (this.wished) return;
    this.wished = true;
    // several components of one page mount together; they make one wish
    setTimeout(() => {
      this.wished = false;
      const message: Message = { kind: "want", tab: this.tab, topics: [...this.listeners.keys()] };
      this.hear(message);
      this.say(message);
    }, 50);
  }

  private say(message: Message): void {
    this.channel.postMessage(message);
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case "want":
        this.wishes.set(message.tab, message.topics);
        return this.stream?.follow([...this.wishes.values()].flat());
      case "gone":
        this.wishes.delete(message.tab);
        return this.stream?.follow([...this.wishes.values()].flat());
      case "ask":
        return this.wish();
      case "news":
        return this.tell(message.news);
    }
  }

  private tell(news: News): void {
    for (const listener of this.listeners.get(news.topic) ?? []) listener(news);
  }

  private lead(): Promise<never> {
    this.stream = new Stream(staffTicket, (news) => {
      this.tell(news);
      this.say({ kind: "news", news });
    });
    this.say({ kind: "ask" });
    this.wish();
    return new Promise<never>(() => undefined);
  }
}

let tabs: Tabs | null = null;
const supported = (): boolean => typeof BroadcastChannel === "function" && "locks" in navigator;

/** Calls `onChange` when something under one of the topics moved; several at once become one call. */
export function useLive(topics: readonly string[], onChange: (news: News) => void): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const joined = topics.join("\n");
  useEffect(() => {
    if (!joined) return;
    return listenLive(joined.split("\n"), (news) => latest.current(news));
  }, [joined]);
}

const TOGETHER_MS = 120;

/** The same outside React. Without Web Locks (plain http in old browsers) each tab holds its own stream. */
export function listenLive(
  topics: readonly string[],
  onChange: Listener,
  ticket: TicketMaker = staffTicket,
): () => void {
  let timer: number | undefined;
  const together: Listener = (news) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => onChange(news), TOGETHER_MS);
  };
  if (ticket !== staffTicket || !supported()) {
    const stream = new Stream(ticket, together);
    stream.follow(topics);
    return () => {
      clearTimeout(timer);
      stream.stop();
    };
  }
  const shared = (tabs ??= new Tabs());
  const stops = topics.map((topic) => shared.listen(topic, together));
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
