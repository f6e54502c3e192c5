import { unstableSetRender } from "antd-mobile";
import { type Root, createRoot } from "react-dom/client";

const roots = new WeakMap<Element | DocumentFragment, Root>();

// antd-mobile 5 draws toasts and dialogs with what React 19 took away; it lets us hand it what React 19 has
// (mobile.ant.design/guide/v5-for-19)
unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container);
  roots.set(container, root);
  root.render(node);
  return async () => {
    await Promise.resolve();
    root.unmount();
    roots.delete(container);
  };
});
