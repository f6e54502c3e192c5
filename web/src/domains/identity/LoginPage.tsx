import { Button, Form, Input } from "antd";
import { type ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { api } from "@/kit/api";
import { Logo } from "@/kit/desk/AppFrame";
import { Field, useSubmission } from "@/kit/desk/form";
import { setLocale, useLocale } from "@/kit/i18n";
import { queryClient, useRead } from "@/kit/query";

import "./login.css";
import { texts } from "./texts";

interface Credentials {
  username: string;
  password: string;
}

interface DemoAccount {
  username: string;
  name: string;
  role: string;
}

/** Only addresses of this product: a link that came from elsewhere must not lead elsewhere. */
export const safeNext = (next: string | null): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/console";

export default function LoginPage(): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Credentials>();
  const next = safeNext(search.get("next"));
  const submission = useSubmission<Credentials>(
    form,
    (values) => api.post("/api/session", { body: values }),
    () => {
      queryClient.clear();
      // the phone and the side bar are pages of their own
      if (next.startsWith("/console")) void navigate(next, { replace: true });
      else location.assign(next);
    },
  );
  return (
    <div className="sn-login">
      <main className="sn-login-card">
        <div className="sn-login-brand">
          <Logo />
          <div>
            <h1>{t("product")}</h1>
            <p>{t("promise")}</p>
          </div>
        </div>
        {submission.alert}
        <Form<Credentials>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => void submission.submit(values)}
        >
          <Field name="username" label={t("username")} required>
            <Input size="large" autoComplete="username" autoFocus />
          </Field>
          <Field name="password" label={t("password")} required>
            <Input.Password size="large" autoComplete="current-password" />
          </Field>
          <Button type="primary" size="large" block htmlType="submit" loading={submission.busy}>
            {t("signIn")}
          </Button>
        </Form>
        <DemoAccounts
          onPick={(username, password) => {
            form.setFieldsValue({ username, password });
            form.submit();
          }}
        />
      </main>
      <Button
        type="text"
        className="sn-login-language"
        lang={locale === "en" ? "zh-CN" : "en"}
        onClick={() => void setLocale(locale === "en" ? "zh-CN" : "en")}
      >
        {locale === "en" ? "中文" : "EN"}
      </Button>
    </div>
  );
}

/** In the demo, one press signs in as any of its people. */
function DemoAccounts({ onPick }: { onPick: (username: string, password: string) => void }): ReactNode {
  const t = texts.use();
  const { data } = useRead("/api/demo/accounts");
  const demo = data as { password: string; accounts: DemoAccount[] } | undefined;
  if (!demo?.accounts?.length) return null;
  return (
    <section className="sn-login-demo" aria-label={t("demo")}>
      <p className="sn-soft">{t("demo")}</p>
      <div>
        {demo.accounts.map((account) => (
          <button
            key={account.username}
            type="button"
            className="sn-button"
            onClick={() => onPick(account.username, demo.password)}
          >
            <b>{account.name}</b>
            <span className="sn-soft">{account.role}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
