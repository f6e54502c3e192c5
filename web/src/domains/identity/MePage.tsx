import { Segmented } from "antd";
import { type ReactNode } from "react";

import { Preferences } from "@/domains/notices";
import { Facts, PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { useToast } from "@/kit/desk/feedback";
import { type Locale, useLocale } from "@/kit/i18n";
import { chooseLanguage, useSession } from "@/kit/session";

import { PasswordForm } from "./PasswordForm";
import { texts } from "./texts";

export default function MePage(): ReactNode {
  const t = texts.use();
  const session = useSession();
  const locale = useLocale();
  const toast = useToast();
  return (
    <PageFrame title={t("me")} purpose={t("mePurpose")}>
      <Split
        main={
          <>
            <Section title={t("account")}>
              <Facts
                items={[
                  { label: t("name"), value: session.name },
                  { label: t("username"), value: session.user?.username },
                  session.staff && { label: t("unit"), value: session.staff.unit_name },
                  session.staff && { label: t("position"), value: session.staff.position || "—" },
                  {
                    label: t("language"),
                    value: (
                      <Segmented<Locale>
                        size="small"
                        value={locale}
                        onChange={(next) => void chooseLanguage(next)}
                        options={[
                          { value: "zh-CN", label: "中文" },
                          { value: "en", label: "English" },
                        ]}
                      />
                    ),
                  },
                ]}
              />
            </Section>
            <div id="notices">
              <Section title={t("notices")}>
                <Preferences />
              </Section>
            </div>
          </>
        }
        side={
          <Section title={t("changePassword")}>
            <PasswordForm onDone={() => toast.done(t("changed"))} />
          </Section>
        }
      />
    </PageFrame>
  );
}
