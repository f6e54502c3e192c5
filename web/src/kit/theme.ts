/**
 * The look, in one file. A calm neutral ground, one brand colour; green, yellow and red speak only of
 * lights and of money in and out, and never without an icon or a word beside them.
 */
export const colors = {
  brand: "#2457d6",
  brandHover: "#3b6ce8",
  brandSoft: "#edf2fe",
  ground: "#f4f5f7",
  surface: "#ffffff",
  sunken: "#f8f9fb",
  border: "#e3e6eb",
  text: "#1b2230",
  textSoft: "#5a6372",
  textFaint: "#6b7484",
  green: "#15803d",
  greenSoft: "#e8f5ec",
  yellow: "#a15c07",
  yellowSoft: "#fdf4e1",
  red: "#c92a2a",
  redSoft: "#fdecec",
} as const;

export const size = {
  radius: 6,
  radiusLarge: 10,
  font: 14,
  touch: 44,
  menu: 208,
  menuFolded: 56,
  top: 52,
} as const;

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "Noto Sans SC", "Helvetica Neue", Arial, sans-serif';

/** Order of series in charts: the brand first, then tones that stay apart for colour-blind eyes. */
export const series = ["#2457d6", "#0f9f8f", "#8a63d2", "#d9822b", "#4b9fe1", "#b8478d", "#7a8699"] as const;

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Hands the tokens to the style sheets as custom properties; every entry calls it once before it draws. */
export function applyTokens(root: HTMLElement = document.documentElement): void {
  for (const [name, value] of Object.entries(colors)) root.style.setProperty(`--${dashed(name)}`, value);
  for (const [name, value] of Object.entries(size)) root.style.setProperty(`--${dashed(name)}`, `${value}px`);
  root.style.setProperty("--font-family", fontFamily);
  // antd-mobile reads its own names
  root.style.setProperty("--adm-color-primary", colors.brand);
  root.style.setProperty("--adm-color-success", colors.green);
  root.style.setProperty("--adm-color-warning", colors.yellow);
  root.style.setProperty("--adm-color-danger", colors.red);
  root.style.setProperty("--adm-color-text", colors.text);
  root.style.setProperty("--adm-color-weak", colors.textSoft);
  root.style.setProperty("--adm-color-light", colors.textFaint);
  root.style.setProperty("--adm-color-border", colors.border);
  root.style.setProperty("--adm-font-family", fontFamily);
}
