import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";

export type Locale = "zh-CN" | "en";
/** A text in both languages, Chinese first: neither can be forgotten, the type asks for both. */
export type Pair = readonly [zh: string, en: string];
export type Values = Record<string, string | number>;

const STORED = "shuniu.locale";
const LOCALES: readonly Locale[] = ["zh-CN", "en"];

function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  return LOCALES.find((locale) => locale === stored) ?? "zh-CN";
}

void i18next.use(initReactI18next).init({
  lng: firstLocale(),
  fallbackLng: "zh-CN",
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
});
document.documentElement.lang = i18next.language;

export const currentLocale = (): Locale => (i18next.language === "en" ? "en" : "zh-CN");

/** Changes the language of everything at once, and of what the server says from the next request on. */
export async function setLocale(locale: Locale): Promise<void> {
  localStorage.setItem(STORED, locale);
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}

export const pick = (pair: Pair): string => pair[currentLocale() === "en" ? 1 : 0];

/** Names one after the other. */
export const listed = (names: readonly string[]): string =>
  names.join(currentLocale() === "en" ? ", " : "、");

/** The language in use; the component draws again when it changes. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "zh-CN";
}

export type Translate<K extends string> = (key: K, values?: Values) => string;

export interface Texts<K extends string> {
  readonly namespace: string;
  readonly pairs: Readonly<Record<K, Pair>>;
  /** For components. */
  use: () => Translate<K>;
  /** For code outside components; read at call time, so never keep the result. */
  t: Translate<K>;
}

/** Every `defineTexts` made so far, for the test that compares the languages. */
export const allTexts = new Map<string, Readonly<Record<string, Pair>>>();

/**
 * Declares the texts of one domain: `defineTexts("org", { units: ["组织架构", "Units"] })`.
 * Places are written `{{name}}`. English plurals: keys `rows_one` and `rows_other`, called as `t("rows", {count})`.
 */
export function defineTexts<const P extends Record<string, Pair>>(
  namespace: string,
  pairs: P,
): Texts<(keyof P & string) | Singular<keyof P & string>> {
  type K = (keyof P & string) | Singular<keyof P & string>;
  const entries = Object.entries<Pair>(pairs);
  i18next.addResourceBundle(
    "zh-CN",
    namespace,
    Object.fromEntries(entries.map(([key, pair]) => [key, pair[0]])),
  );
  i18next.addResourceBundle(
    "en",
    namespace,
    Object.fromEntries(entries.map(([key, pair]) => [key, pair[1]])),
  );
  allTexts.set(namespace, pairs);
  const t: Translate<K> = (key, values) => say(i18next.t, key, { ns: namespace, ...values });
  return {
    namespace,
    pairs: pairs as Texts<K>["pairs"],
    t,
    use: () => useNamespace<K>(namespace),
  };
}

// our own types already know the keys; i18next's would follow every text letter by letter
const say = (t: unknown, key: string, values: Values): string =>
  (t as (key: string, values: Values) => string)(key, values);

type Singular<K extends string> = K extends `${infer Stem}_other` ? Stem : never;

function useNamespace<K extends string>(namespace: string): Translate<K> {
  const { t, i18n } = useTranslation(namespace);
  const language = i18n.language;
  // the language is named so that a memo built on the translator is built anew when it changes
  return useCallback((key, values) => (language ? say(t, key, { ...values }) : key), [t, language]);
}
