import "@/kit/kit.css";
import "@/kit/customer/customer.css";

import { type ComponentType, StrictMode, Suspense, lazy } from "react";
import { createRoot } from "react-dom/client";

import { Boundary, Skeleton } from "@/kit/states";
import { applyTokens } from "@/kit/theme";

applyTokens();

// the page behind a customer's signed link, brought by one domain as `customer.tsx`
const files = import.meta.glob<{ default: ComponentType<{ token: string }> }>("../domains/*/customer.tsx");
const [load] = Object.values(files);
const Page = load ? lazy(load) : () => null;
const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Boundary>
      <Suspense fallback={<Skeleton rows={5} />}>
        <Page token={token} />
      </Suspense>
    </Boundary>
  </StrictMode>,
);
