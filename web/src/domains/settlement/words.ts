import { pick } from "@/kit/i18n";

/** A text the server sent, in the language in use. */
export const say = (text: { zh: string; en: string }): string => pick([text.zh, text.en || text.zh]);
