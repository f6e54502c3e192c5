import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { RouterProvider, createMemoryRouter } from "react-router";

import { AntTheme } from "@/kit/desk/AntTheme";

/** Draws a page at an address, with everything around it that an entry gives. */
export function draw(page: ReactNode, address = "/") {
  const router = createMemoryRouter([{ path: "*", element: page }], { initialEntries: [address] });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <AntTheme>
        <RouterProvider router={router} />
      </AntTheme>
    </QueryClientProvider>,
  );
  return router;
}
