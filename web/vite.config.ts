import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Four pages, four bundles: what a customer loads on a poor line knows nothing of the console.
 * The result lands inside the Python package, so that a wheel carries it and Django finds it.
 */
export default defineConfig({
  base: "/static/web/",
  plugins: [react()],
  resolve: { alias: { "@": here("./src") } },
  build: {
    outDir: here("../src/shuniu/app/pages"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    reportCompressedSize: false,
    // ECharts is one lazy piece of its own; the budget (scripts/budget.mjs) watches the rest
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        console: here("./console.html"),
        phone: here("./phone.html"),
        customer: here("./customer.html"),
        sidebar: here("./sidebar.html"),
      },
    },
  },
});
