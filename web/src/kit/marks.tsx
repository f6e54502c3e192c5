import { type CSSProperties, type ReactNode } from "react";

import { kitTexts } from "./kitTexts";

export type LightColor = "green" | "yellow" | "red";

const LIGHT_SHAPES: Record<LightColor, ReactNode> = {
  green: <path d="M4.5 8.2l2.4 2.4 4.6-5" />,
  yellow: <path d="M8 4.6V8l2.2 1.6" />,
  red: <path d="M8 4.4v4.4M8 11.4v.1" />,
};

/** The red/yellow/green light of time: a shape and a word beside the colour. Null draws nothing. */
export function Light({ light, text }: { light: string | null | undefined; text?: ReactNode }): ReactNode {
  const t = kitTexts.use();
  if (light !== "green" && light !== "yellow" && light !== "red") return null;
  return (
    <span className={`sn-light sn-light-${light}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" />
        {LIGHT_SHAPES[light]}
      </svg>
      {text ?? t(light)}
    </span>
  );
}

export type Tone = "neutral" | "active" | "good" | "warn" | "bad";

/** A state as a word in a quiet pill. Colour is the second sign, the word the first. */
export function Status({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }): ReactNode {
  return <span className={`sn-status sn-status-${tone}`}>{children}</span>;
}

/** Priority is a word with an icon, never a light: 紧急, 高. Normal draws a plain word. */
export function Priority({ level, children }: { level: string; children: ReactNode }): ReactNode {
  return (
    <span className={`sn-priority sn-priority-${level}`}>
      {level !== "normal" && (
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={level === "urgent" ? "M2.5 6.5L6 3l3.5 3.5M2.5 10L6 6.5 9.5 10" : "M2.5 8L6 4.5 9.5 8"} />
        </svg>
      )}
      {children}
    </span>
  );
}

const GROUNDS = ["#dfe8fb", "#dcf0ec", "#ece5f8", "#fbead7", "#deeefa", "#f7e0ee", "#e6e9ee"] as const;

function groundOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0];
}

/** A person: the last character of a Chinese name, the first of another, on a quiet disc, then the name. */
export function Person({
  name,
  note,
  size = 24,
}: {
  name: string | null | undefined;
  note?: ReactNode;
  size?: number;
}): ReactNode {
  if (!name) return <span className="sn-faint">—</span>;
  const letters = [...name];
  const letter = /\p{Script=Han}/u.test(name) ? letters.at(-1) : letters[0]?.toUpperCase();
  const style: CSSProperties = {
    width: size,
    height: size,
    background: groundOf(name),
    fontSize: size * 0.5,
  };
  return (
    <span className="sn-person">
      <span className="sn-person-disc" style={style} aria-hidden="true">
        {letter}
      </span>
      <span className="sn-person-text">
        <span className="sn-person-name">{name}</span>
        {note ? <span className="sn-person-note">{note}</span> : null}
      </span>
    </span>
  );
}

/** Stars for a rating; the number is said to screen readers. */
export function Rating({ value }: { value: number | null | undefined }): ReactNode {
  if (value === null || value === undefined) return <span className="sn-faint">—</span>;
  return (
    <span className="sn-rating" role="img" aria-label={`${value}/5`}>
      {"★".repeat(Math.round(value))}
      <span className="sn-faint">{"★".repeat(5 - Math.round(value))}</span>
    </span>
  );
}
