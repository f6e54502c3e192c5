export interface FoundFloor {
  floor: number;
  /** The words it was read from, shown beside it so that a person can judge. */
  words: string;
}

const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
// “6 楼”, “6层”, “十二楼”, “6F”; not “6 号楼” and not “6 楼栋”, which are buildings
const FLOOR =
  /(?<![\d.])(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:楼(?!栋|号|盘|下|道|梯)|层|[Ff](?![A-Za-z]))/g;

/** The floor named last in the lines, newest line first; null when none is named. */
export function findFloor(lines: readonly string[]): FoundFloor | null {
  for (const line of [...lines].reverse()) {
    const found = [...line.matchAll(FLOOR)].at(-1);
    const floor = found?.[1] ? toNumber(found[1]) : null;
    if (floor !== null && floor >= 1 && floor <= 200) return { floor, words: line };
  }
  return null;
}

function toNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones, ...rest] = text.split("十");
  if (rest.length > 0) return null;
  if (ones === undefined) return text.length === 1 ? (DIGITS[text] ?? null) : null;
  const ten = tens ? DIGITS[tens] : 1;
  const one = ones ? DIGITS[ones] : 0;
  return ten === undefined || one === undefined ? null : ten * 10 + one;
}
