// The sandbox's page: shows what the platform remembers and speaks for both sides of the chat.
const byId = (id) => document.getElementById(id);
let shown = null;
let customerId = null;
let memberId = "zhang";

const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

async function send(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) show(await response.json());
}

function drawLines(list, mineIsCustomer) {
  const person = shown.customers.find((one) => one.external_userid === customerId);
  const lines = shown.lines.filter((line) => line.external_userid === customerId);
  const items = lines.map((line) => {
    const item = element("li", "", line.by_customer === mineIsCustomer ? { class: "mine" } : {});
    item.append(element("small", `${line.by_customer ? person.name : shown.agent.name} ${clock(line.at)}`));
    item.append(element("p", line.text));
    return item;
  });
  list.replaceChildren(...(items.length ? items : [element("li", "还没有消息", { class: "none" })]));
  list.scrollTop = list.scrollHeight;
}

function drawCards() {
  const cards = shown.cards.filter((card) => card.userid === memberId).reverse();
  const items = cards.map((card) => {
    const item = element("li");
    item.append(element("small", clock(card.at)));
    item.append(element("strong", card.content.title ?? ""));
    item.append(element("p", card.content.description ?? card.content.content ?? ""));
    if (card.content.url) {
      const href = `/open?${new URLSearchParams({ as: memberId, url: card.content.url })}`;
      item.append(element("a", card.content.btntxt || "打开", { href, target: "_blank", rel: "noopener" }));
    }
    return item;
  });
  byId("cards").replaceChildren(...(items.length ? items : [element("li", "还没有收到消息", { class: "none" })]));
}

function drawProtocol() {
  byId("callback").textContent = shown.callback;
  byId("deliveries").replaceChildren(
    ...shown.deliveries.toReversed().map((one) => element("li", `${clock(one.at)} ${one.event} → ${one.answer}`)),
  );
  byId("faults").replaceChildren(
    ...Object.entries(shown.faults).map(([name, code]) => element("li", `${name} 返回 ${code}`)),
  );
}

function options(select, entries, chosen) {
  if (select.childElementCount === 0) {
    select.append(...entries.map(([value, text]) => element("option", text, { value })));
    select.value = chosen;
  }
}

function drawSuggestions() {
  const person = shown.customers.find((one) => one.external_userid === customerId);
  const buttons = person.suggestions.map((text) => {
    const button = element("button", text, { type: "button" });
    button.addEventListener("click", () => {
      byId("customer-text").value = text;
      byId("customer-text").focus();
    });
    return button;
  });
  byId("suggestions").replaceChildren(...buttons);
  byId("chat-title").textContent = person.name;
}

function drawChats() {
  const buttons = shown.customers.map((one) => {
    const current = one.external_userid === customerId;
    const button = element("button", one.name, { type: "button", "aria-current": String(current) });
    button.addEventListener("click", () => open(one.external_userid));
    return button;
  });
  byId("chats").replaceChildren(...buttons);
}

// The side bar is opened under the name this page has, so that its sign-in does not replace the console's in this browser.
function openSideBar() {
  const product = new URL(shown.product_url);
  if (["localhost", "127.0.0.1"].includes(product.hostname)) product.hostname = location.hostname;
  byId("sidebar").src = `${product.origin}/sidebar?chat=${Date.now()}`;
}

function open(externalUserid) {
  customerId = externalUserid;
  byId("customer").value = externalUserid;
  drawSuggestions();
  drawChats();
  draw();
  openSideBar();
}

function draw() {
  drawLines(byId("customer-lines"), true);
  drawLines(byId("agent-lines"), false);
  drawCards();
  drawProtocol();
}

function show(state) {
  shown = state;
  if (customerId === null) {
    options(byId("customer"), state.customers.map((one) => [one.external_userid, one.name]), "");
    options(byId("member"), state.members.map((one) => [one.userid, `${one.name}（${one.position}）`]), memberId);
    byId("agent-name").textContent = `${state.agent.name} · ${state.agent.position}`;
    open(state.customers[0].external_userid);
    return;
  }
  draw();
}

function sendsFrom(form, field, by) {
  const submit = (event) => {
    event.preventDefault();
    const text = byId(field).value.trim();
    if (!text) return;
    byId(field).value = "";
    void send("/sandbox/say", { by, text, external_userid: customerId });
  };
  byId(form).addEventListener("submit", submit);
  byId(field).addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
}

const ANSWERS = {
  getContext: () => ({ entry: "single_chat_tools" }),
  getCurExternalContact: () => ({ userId: customerId }),
  sendChatMessage: (message) => {
    void send("/sandbox/say", { by: "agent", text: message?.text?.content ?? "", external_userid: customerId });
    return {};
  },
};

window.addEventListener("message", (event) => {
  const asked = event.data;
  if (event.source !== byId("sidebar").contentWindow || asked?.sandbox !== "question") return;
  const result = ANSWERS[asked.question]?.(asked.parameters);
  if (result) event.source.postMessage({ sandbox: "answer", serial: asked.serial, result }, event.origin);
});

byId("customer").addEventListener("change", (event) => open(event.target.value));
byId("member").addEventListener("change", (event) => {
  memberId = event.target.value;
  drawCards();
});
byId("reload").addEventListener("click", openSideBar);
byId("restart").addEventListener("click", () => void send("/sandbox/restart", {}));
byId("fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void send("/sandbox/fault", { api: byId("fault-api").value, errcode: Number(byId("fault-code").value) });
});
sendsFrom("customer-form", "customer-text", "customer");
sendsFrom("agent-form", "agent-text", "agent");

async function follow() {
  for (;;) {
    try {
      const query = shown ? `?version=${shown.version}` : "";
      const response = await fetch(`/sandbox/state${query}`);
      show(await response.json());
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
void follow();
