// Stand-in for WeCom's JS-SDK (the `ww` object of @wecom/jssdk), loaded by the side bar when the channel says so.
// Signatures are checked by the sandbox; the open chat is asked of the page around the frame, as WeCom's client would know it.
(() => {
  "use strict";
  const origin = new URL(document.currentScript.src).origin;
  const waiting = new Map();
  let serial = 0;
  let registered = false;

  window.addEventListener("message", (event) => {
    const answer = event.data;
    if (event.source !== window.parent || !answer || answer.sandbox !== "answer") return;
    const settle = waiting.get(answer.serial);
    waiting.delete(answer.serial);
    settle?.(answer.result);
  });

  // Both names of this machine may show the page, so the message goes to whoever frames us; it holds nothing secret.
  function ask(question, parameters) {
    if (window.parent === window) {
      return Promise.reject({ errCode: -1, errMsg: `${question}:fail not in WeCom` });
    }
    return new Promise((resolve, reject) => {
      const number = ++serial;
      const timer = setTimeout(() => {
        waiting.delete(number);
        reject({ errCode: -1, errMsg: `${question}:fail timeout` });
      }, 3000);
      waiting.set(number, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      window.parent.postMessage({ sandbox: "question", serial: number, question, parameters }, "*");
    });
  }

  async function check(kind, make) {
    const url = location.href.split("#")[0];
    const signature = await make(url);
    const query = new URLSearchParams({
      kind,
      url,
      noncestr: signature.nonceStr,
      timestamp: String(signature.timestamp),
      signature: signature.signature,
    });
    const answer = await (await fetch(`${origin}/jssdk/check?${query}`)).json();
    if (answer.errcode !== 0) throw { errCode: answer.errcode, errMsg: `${kind}Config:fail ${answer.errmsg}` };
  }

  function needRegistered(name) {
    if (!registered) throw { errCode: -1, errMsg: `${name}:fail not registered` };
  }

  window.ww = {
    async register(options) {
      try {
        if (options.getConfigSignature) await check("corp", options.getConfigSignature);
        if (options.getAgentConfigSignature) await check("agent", options.getAgentConfigSignature);
        registered = true;
        options.onAgentConfigSuccess?.({ errMsg: "agentConfig:ok" });
      } catch (problem) {
        options.onAgentConfigFail?.(problem);
        throw problem;
      }
    },
    async getContext() {
      needRegistered("getContext");
      return { errMsg: "getContext:ok", ...(await ask("getContext")) };
    },
    async getCurExternalContact() {
      needRegistered("getCurExternalContact");
      return { errMsg: "getCurExternalContact:ok", ...(await ask("getCurExternalContact")) };
    },
    async sendChatMessage(message) {
      needRegistered("sendChatMessage");
      return { errMsg: "sendChatMessage:ok", ...(await ask("sendChatMessage", message)) };
    },
  };
})();
