import { Collapse, Input, Select, Switch } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";

import type { Account } from "./AccountSection";
import { texts } from "./texts";

interface Values {
  name: string;
  unit_id: number;
  corp_id: string;
  agent_id: string;
  secret?: string;
  token?: string;
  aes_key?: string;
  next_secret?: string;
  next_token?: string;
  next_aes_key?: string;
  api_base: string;
  authorize_base: string;
  jssdk_url?: string;
  enabled: boolean;
}

/** Secrets are only ever entered here, never shown. */
export function AccountForm({
  open,
  onClose,
  account,
}: {
  open: boolean;
  onClose: () => void;
  account?: Account;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const { units } = useSession();
  const initial: Partial<Values> = account
    ? {
        name: account.name,
        unit_id: account.unit_id,
        corp_id: account.corp_id,
        agent_id: account.agent_id,
        api_base: account.api_base,
        authorize_base: account.authorize_base,
        jssdk_url: account.jssdk_url,
        enabled: account.enabled,
      }
    : {
        name: "企业微信",
        unit_id: units[0]?.id,
        api_base: "https://qyapi.weixin.qq.com",
        authorize_base: "https://open.weixin.qq.com",
        enabled: true,
      };
  const kept = (there: boolean | undefined) => (there ? t("kept") : t("notKept"));
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={account ? t("edit") : t("add")}
      initialValues={initial}
      onSubmit={(values, key) =>
        account
          ? api.put("/api/channels/accounts/{account_id}", {
              path: { account_id: account.id },
              body: values as never,
              key,
            })
          : api.post("/api/channels/accounts", { body: values as never, key })
      }
      onDone={() => void refresh("/api/channels/accounts")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("name")} required>
          <Input maxLength={60} />
        </Field>
        <Field name="unit_id" label={t("unit")} required hint={t("unitHint")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={units.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Field>
      </div>
      <div className="sn-columns">
        <Field name="corp_id" label={t("corpId")} required hint={t("corpIdHint")}>
          <Input maxLength={64} />
        </Field>
        <Field name="agent_id" label={t("agentId")} required>
          <Input maxLength={32} inputMode="numeric" />
        </Field>
      </div>
      <Field name="secret" label={t("secret")} hint={kept(account?.has_secret)}>
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Field>
      <div className="sn-columns">
        <Field name="token" label={t("token")} hint={kept(account?.has_callback_keys)}>
          <Input.Password maxLength={64} autoComplete="new-password" />
        </Field>
        <Field name="aes_key" label={t("aesKey")} hint={kept(account?.has_callback_keys)}>
          <Input.Password maxLength={43} autoComplete="new-password" />
        </Field>
      </div>
      <Field name="enabled" label={t("enabled")} valuePropName="checked">
        <Switch />
      </Field>
      <Collapse
        ghost
        items={[
          {
            key: "next",
            label: t("next"),
            forceRender: true,
            children: (
              <>
                <p className="sn-soft">{t("nextHint")}</p>
                <Field name="next_secret" label={t("nextSecret")}>
                  <Input.Password maxLength={200} autoComplete="new-password" />
                </Field>
                <Field name="next_token" label={t("nextToken")}>
                  <Input.Password maxLength={64} autoComplete="new-password" />
                </Field>
                <Field name="next_aes_key" label={t("nextAesKey")}>
                  <Input.Password maxLength={43} autoComplete="new-password" />
                </Field>
              </>
            ),
          },
          {
            key: "advanced",
            label: t("advanced"),
            forceRender: true,
            children: (
              <>
                <Field name="api_base" label={t("apiBase")} required>
                  <Input maxLength={200} />
                </Field>
                <Field name="authorize_base" label={t("authorizeBase")} required>
                  <Input maxLength={200} />
                </Field>
                <Field name="jssdk_url" label={t("jssdkUrl")} hint={t("jssdkHint")}>
                  <Input maxLength={200} />
                </Field>
              </>
            ),
          },
        ]}
      />
    </FormDrawer>
  );
}
