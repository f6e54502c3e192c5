import "@/kit/kit.css";
import "@/kit/files.css";
import "@/kit/phone/phone.css";

import { type ComponentType, Suspense, lazy } from "react";

import { Boundary, Skeleton } from "@/kit/states";

import { startStaffPage } from "./staffEntry";

// the side bar is one page, brought by one domain as `sidebar.tsx`
const files = import.meta.glob<{ default: ComponentType }>("../domains/*/sidebar.tsx");
const [load] = Object.values(files);
const SideBar = load ? lazy(load) : () => null;

startStaffPage(
  <Boundary>
    <Suspense fallback={<Skeleton rows={6} />}>
      <SideBar />
    </Suspense>
  </Boundary>,
);
