import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { NoContact, currentContact } from "@/domains/customers/sidebar/jssdk";
import { api } from "@/kit/api";

const signature = { timestamp: 1, noncestr: "n", signature: "s" };
const config = {
  corp_id: "ww1",
  agent_id: "2",
  script_url: "https://stand-in.example.com/jssdk.js",
  config: signature,
  agent_config: { ...signature, signature: "agent" },
};

function standIn(sdk: Record<string, unknown>): void {
  Object.assign(globalThis, { ww: { register: vi.fn(), ...sdk } });
  vi.spyOn(document.head, "append").mockImplementation((element) => {
    queueMicrotask(() => (element as HTMLScriptElement).onload?.(new Event("load")));
  });
}

beforeEach(() => {
  vi.spyOn(api, "get").mockResolvedValue(config as never);
});
afterEach(() => vi.restoreAllMocks());

describe("whom the chat is with", () => {
  it("is asked after signing this very page", async () => {
    const register = vi.fn();
    standIn({
      register,
      getContext: () => Promise.resolve({ entry: "single_chat_tools" }),
      getCurExternalContact: () => Promise.resolve({ userId: "wm1" }),
    });

    expect(await currentContact()).toBe("wm1");
    expect(api.get).toHaveBeenCalledWith("/api/channels/wecom/jssdk", { query: { url: location.href } });
    const options = register.mock.calls[0]?.[0] ?? expect.fail("the SDK was not registered");
    expect([options.corpId, options.agentId]).toEqual(["ww1", "2"]);
    expect(await options.getAgentConfigSignature("x")).toEqual({
      timestamp: 1,
      nonceStr: "n",
      signature: "agent",
    });
  });

  it.each([
    ["group_chat_tools", "group"],
    ["normal", "not-in-chat"],
    [undefined, "not-in-chat"],
  ])("is not known when opened from %s", async (entry, why) => {
    standIn({ getContext: () => Promise.resolve({ entry }) });

    await expect(currentContact()).rejects.toMatchObject({ why });
  });

  it("is refused in the platform's own words", async () => {
    standIn({ getContext: () => Promise.reject({ errMsg: "agentConfig:fail invalid signature" }) });

    const refused = await currentContact().catch((problem: unknown) => problem);
    expect(refused).toBeInstanceOf(NoContact);
    expect(refused).toMatchObject({ why: "refused", words: "agentConfig:fail invalid signature" });
  });
});
