import { api } from "@/kit/api";

interface Signature {
  timestamp: number;
  noncestr: string;
  signature: string;
}

/** The part of the JS-SDK the side bar uses; WeCom's own and every stand-in have these. */
export interface JsSdk {
  register(options: {
    corpId: string;
    agentId: string;
    jsApiList: string[];
    getConfigSignature: (url: string) => Promise<{ timestamp: number; nonceStr: string; signature: string }>;
    getAgentConfigSignature: (
      url: string,
    ) => Promise<{ timestamp: number; nonceStr: string; signature: string }>;
  }): void;
  getContext(): Promise<{ entry?: string }>;
  getCurExternalContact(): Promise<{ userId: string }>;
}

interface Config {
  corp_id: string;
  agent_id: string;
  script_url: string;
  config: Signature;
  agent_config: Signature;
}

/** Why the side bar does not know whom the chat is with. `words` are the platform's own. */
export class NoContact extends Error {
  constructor(
    readonly why: "not-in-chat" | "group" | "refused",
    readonly words = "",
  ) {
    super(why);
  }
}

const CHATS = new Set(["single_chat_tools", "contact_profile", "chat_attachment"]);

/** WeCom's id of whom the open chat is with. Throws `NoContact`, or what the server answered. */
export async function currentContact(): Promise<string> {
  const read = (): Promise<Config> =>
    api.get("/api/channels/wecom/jssdk", { query: { url: location.href.split("#")[0] } });
  const config = await read();
  const sdk = await load(config.script_url);
  const signed = (one: Signature) => ({
    timestamp: one.timestamp,
    nonceStr: one.noncestr,
    signature: one.signature,
  });
  sdk.register({
    corpId: config.corp_id,
    agentId: config.agent_id,
    jsApiList: ["getContext", "getCurExternalContact"],
    getConfigSignature: async () => signed((await read()).config),
    getAgentConfigSignature: async () => signed((await read()).agent_config),
  });
  try {
    const { entry } = await sdk.getContext();
    if (entry === "group_chat_tools") throw new NoContact("group");
    if (!entry || !CHATS.has(entry)) throw new NoContact("not-in-chat");
    return (await sdk.getCurExternalContact()).userId;
  } catch (problem) {
    if (problem instanceof NoContact) throw problem;
    const words = (problem as { errMsg?: string }).errMsg ?? String(problem);
    throw new NoContact(words.includes("not in WeCom") ? "not-in-chat" : "refused", words);
  }
}

/** WeCom's SDK comes with our pages; a channel may name another script that sets `window.ww` the same way. */
async function load(script: string): Promise<JsSdk> {
  if (!script) return (await import("@wecom/jssdk")) as unknown as JsSdk;
  await new Promise<void>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script;
    element.onload = () => resolve();
    element.onerror = () => reject(new NoContact("refused", script));
    document.head.append(element);
  });
  return (globalThis as unknown as { ww: JsSdk }).ww;
}
