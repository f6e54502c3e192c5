import { type ReactNode } from "react";

import { formatMoney } from "./format";
import { kitTexts } from "./kitTexts";

export interface MoneyProps {
  /** A decimal as the server sent it; never a float that was calculated with. */
  amount: string | number | null | undefined;
  currency?: string;
  /** + and green for what comes in, − and red for what goes out. */
  signed?: boolean;
  /** Large figures on phones and cards. */
  large?: boolean;
  /** Opens what the amount is made of; the amount becomes a button. */
  onExplain?: () => void;
}

/** An amount: ¥, thousands, tabular figures. Right-align its column with `align: "right"`. */
export function Money({ amount, currency, signed, large, onExplain }: MoneyProps): ReactNode {
  if (amount === null || amount === undefined) return <span className="sn-money sn-faint">—</span>;
  const text = formatMoney(amount, { currency, signed });
  const tone = !signed ? "" : text.startsWith("−") ? " sn-out" : text.startsWith("+") ? " sn-in" : "";
  const name = `sn-money${tone}${large ? " sn-money-large" : ""}`;
  if (!onExplain) return <span className={name}>{text}</span>;
  return (
    <button
      type="button"
      className={`${name} sn-figure`}
      title={kitTexts.t("explain")}
      onClick={(event) => {
        event.stopPropagation();
        onExplain();
      }}
    >
      {text}
    </button>
  );
}

/** A number that opens what it is made of. */
export function Figure({ children, onOpen }: { children: ReactNode; onOpen?: () => void }): ReactNode {
  if (!onOpen) return <span className="sn-number">{children}</span>;
  return (
    <button
      type="button"
      className="sn-number sn-figure"
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {children}
    </button>
  );
}
