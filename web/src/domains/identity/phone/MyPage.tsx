import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { type Locale, useLocale } from "@/kit/i18n";
import { Card, PhonePage } from "@/kit/phone/PhoneFrame";
import { Problem } from "@/kit/problem";
import { chooseLanguage, useSession } from "@/kit/session";

import { texts } from "../texts";

const LANGUAGES: readonly (readonly [Locale, string])[] = [
  ["zh-CN", "中文"],
  ["en", "English"],
];

/** Who is signed in on this phone, in which language, and the way out. */
export default function MyPage(): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const session = useSession();
  const [wrong, setWrong] = useState("");
  const leave = async () => {
    try {
      await api.post("/api/session/logout");
      location.assign("/login?next=/m");
    } catch (problem) {
      setWrong(problem instanceof Problem ? problem.message : String(problem));
    }
  };
  return (
    <PhonePage title={t("mine")}>
      <Card title={session.name}>
        <p className="sn-soft">
          {[session.staff?.unit_name, session.staff?.position].filter(Boolean).join(" · ")}
        </p>
      </Card>
      <Card title={t("language")}>
        <div className="sn-choice" role="group" aria-label={t("language")}>
          {LANGUAGES.map(([code, name]) => (
            <button
              key={code}
              type="button"
              lang={code}
              className="sn-button"
              aria-pressed={locale === code}
              onClick={() => void chooseLanguage(code)}
            >
              {name}
            </button>
          ))}
        </div>
      </Card>
      {wrong ? (
        <p className="sn-bad-text" role="alert">
          {wrong}
        </p>
      ) : null}
      <button type="button" className="sn-button sn-button-large" onClick={() => void leave()}>
        {t("signOut")}
      </button>
    </PhonePage>
  );
}
