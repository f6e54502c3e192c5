import { currentLocale } from "@/kit/i18n";

/** A text of the server in both languages. */
export interface Words {
  zh: string;
  en: string;
}

/** The wording of the page's language; a dash for nothing. */
export const say = (words: Words | null | undefined, none = "—"): string =>
  words ? (currentLocale() === "en" ? words.en : words.zh) : none;
