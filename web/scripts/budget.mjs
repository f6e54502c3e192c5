// First load of script, gzip: what a page's entry imports, and the heaviest page that can be opened first.
// Charts and canvases come later, by themselves, and do not count.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1000;
const budgets = { console: 550, phone: 300, customer: 170, sidebar: 300 };
const folder = new URL("../../src/shuniu/app/pages/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8"));
const later = /Canvas/;

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length);
  return sizes.get(file);
}

function closure(key, seen = new Set()) {
  if (seen.has(key) || later.test(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const weight = (keys) =>
  [...keys]
    .map((key) => manifest[key].file)
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + gzipped(file), 0);

let broken = false;
for (const [entry, budget] of Object.entries(budgets)) {
  const base = closure(`${entry}.html`);
  const pages = [...base].flatMap((key) => manifest[key].dynamicImports ?? []);
  let worst = { name: "—", size: weight(base) };
  for (const page of pages) {
    const size = weight(closure(page, new Set(base)));
    if (size > worst.size) worst = { name: manifest[page].src ?? page, size };
  }
  const over = worst.size > budget * KB;
  broken ||= over;
  console.log(
    `${over ? "OVER" : "ok  "} ${entry.padEnd(9)} entry ${(weight(base) / KB).toFixed(1).padStart(6)} kB, ` +
      `with heaviest page ${(worst.size / KB).toFixed(1).padStart(6)} kB of ${budget} kB  (${worst.name})`,
  );
}
process.exit(broken ? 1 : 0);
