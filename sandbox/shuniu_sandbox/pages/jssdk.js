// Stand-in for WeCom's JS-SDK (the `ww` object of @wecom/jssdk), loaded by the side bar when the channel says so.
// Signatures are checked by the sandbox; the open chat is asked of the page around the frame, as WeCom's client would know it.
(() => {
  "use strict";
  const origin = new URL(document.currentScript.src).origin;
  const waiting = new Map();
  let serial = 0;
  let ready = null;

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

  async function call(name, parameters) {
    if (ready === null) throw { errCode: -1, errMsg: `${name}:fail not registered` };
    await ready;
    return { errMsg: `${name}:ok`, ...(await ask(name, parameters)) };
  }

  window.ww = {
    register(options) {
      ready = (async () => {
        if (options.getConfigSignature) await check("corp", options.getConfigSignature);
        if (options.getAgentConfigSignature) await check("agent", options.getAgentConfigSignature);
      })();
      ready.then(
        () => options.onAgentConfigSuccess?.({ errMsg: "agentConfig:ok" }),
        (problem) => options.onAgentConfigFail?.(problem),
      );
    },
    getContext: () => call("getContext"),
    getCurExternalContact: () => call("getCurExternalContact"),
    sendChatMessage: (message) => call("sendChatMessage", message),
  };
})();
