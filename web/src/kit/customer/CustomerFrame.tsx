import { type ReactNode, useEffect } from "react";

import { setLocale, useLocale } from "../i18n";

export interface CustomerFrameProps {
  /** The company's name: the customer knows the company, not the product. */
  company: string;
  title: string;
  /** The one thing to do. */
  action?: ReactNode;
  children: ReactNode;
}

/** What a customer sees: the company's name and colour, one thing to do, no library to wait for. */
export function CustomerFrame({ company, title, action, children }: CustomerFrameProps): ReactNode {
  const locale = useLocale();
  useEffect(() => {
    document.title = company ? `${title} · ${company}` : title;
  }, [title, company]);
  return (
    <div className="sn-customer">
      <header className="sn-customer-head">
        <span>{company || title}</span>
        <button
          type="button"
          lang={locale === "en" ? "zh-CN" : "en"}
          onClick={() => void setLocale(locale === "en" ? "zh-CN" : "en")}
        >
          {locale === "en" ? "中文" : "EN"}
        </button>
      </header>
      <main className="sn-customer-body">{children}</main>
      {action ? <div className="sn-customer-foot">{action}</div> : null}
    </div>
  );
}

const FIVE = [1, 2, 3, 4, 5] as const;

/** Five stars to choose from; arrow keys work, each star says its number. */
export function Stars({
  value,
  label,
  onChange,
}: {
  value: number | null;
  label: string;
  onChange: (value: number) => void;
}): ReactNode {
  return (
    <fieldset className="sn-stars">
      <legend>{label}</legend>
      {FIVE.map((star) => (
        <label key={star} className={value !== null && star <= value ? "sn-star-on" : undefined}>
          <input
            type="radio"
            name="stars"
            value={star}
            checked={value === star}
            onChange={() => onChange(star)}
          />
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 2.8l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.6l6.5-.9z" />
          </svg>
          <span className="sn-visually-hidden">{star}</span>
        </label>
      ))}
    </fieldset>
  );
}
