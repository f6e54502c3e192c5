import "@/kit/kit.css";
import "@/kit/files.css";
import "@/kit/phone/phone.css";

import { type ReactNode } from "react";
import { Navigate, Outlet, RouterProvider, createBrowserRouter } from "react-router";

import { PhoneFrame } from "@/kit/phone/PhoneFrame";
import { elementOf } from "@/kit/routes";
import { useMay } from "@/kit/session";

import { Guarded } from "./Guarded";
import { phoneRoutes } from "./phoneRoutes";
import { startStaffPage } from "./staffEntry";

const routes = [...phoneRoutes()].sort((one, other) => (one.tab?.order ?? 50) - (other.tab?.order ?? 50));
const phonePath = (path: string): string => (path ? `/m/${path}` : "/m");

function Phone(): ReactNode {
  const may = useMay();
  const tabs = routes
    .filter((route) => may(route.permission))
    .flatMap((route) =>
      route.tab ? [{ path: phonePath(route.path), label: route.tab.label, icon: route.tab.icon }] : [],
    );
  return (
    <PhoneFrame tabs={tabs}>
      <Outlet />
    </PhoneFrame>
  );
}

const router = createBrowserRouter([
  {
    path: "/m",
    element: <Phone />,
    children: [
      ...routes.map((route) => ({
        path: route.path,
        element: <Guarded permission={route.permission}>{elementOf(route.page)}</Guarded>,
      })),
      { path: "*", element: elementOf(() => import("./NotFoundPage")) },
    ],
  },
  { path: "*", element: <Navigate to="/m" replace /> },
]);

startStaffPage(<RouterProvider router={router} />);
