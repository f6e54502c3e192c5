import "@/kit/kit.css";
import "@/kit/files.css";
import "@/kit/desk/desk.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider, createBrowserRouter } from "react-router";

import { whenSignedOut } from "@/kit/api";
import { AntTheme } from "@/kit/desk/AntTheme";
import { queryClient } from "@/kit/query";
import { elementOf } from "@/kit/routes";
import { applyTokens } from "@/kit/theme";

import { Guarded } from "./Guarded";
import { ConsoleShell, Home } from "./ConsoleShell";
import { consoleRoutes } from "./menu";

applyTokens();

const routes = consoleRoutes();
const router = createBrowserRouter([
  { path: "/login", element: elementOf(() => import("@/domains/identity/LoginPage")) },
  {
    path: "/console",
    element: <ConsoleShell routes={routes} />,
    children: [
      ...(routes.some((route) => route.path === "")
        ? []
        : [{ index: true, element: <Home routes={routes} /> }]),
      ...routes.map((route) => ({
        path: route.path,
        index: undefined,
        element: <Guarded permission={route.permission}>{elementOf(route.page)}</Guarded>,
      })),
      { path: "help", element: elementOf(() => import("./HelpPage")) },
      { path: "*", element: elementOf(() => import("./NotFoundPage")) },
    ],
  },
  { path: "*", element: elementOf(() => import("./NotFoundPage")) },
]);

whenSignedOut(() => {
  const { pathname, search } = router.state.location;
  if (pathname !== "/login") void router.navigate(`/login?next=${encodeURIComponent(pathname + search)}`);
});

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <AntTheme>
        <RouterProvider router={router} />
      </AntTheme>
    </QueryClientProvider>
  </StrictMode>,
);
