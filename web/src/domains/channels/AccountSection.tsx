import { CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { Button, Typography } from "antd";
import { type ReactNode, useState } from "react";

import type { Answer } from "@/kit/api";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { Facts, Section } from "@/kit/desk/PageFrame";
import { currentLocale } from "@/kit/i18n";
import { Status } from "@/kit/marks";
import { useRead, useSend } from "@/kit/query";
import { ErrorState } from "@/kit/states";
import { Time } from "@/kit/Time";

import { AccountForm } from "./AccountForm";
import { texts } from "./texts";

import "./channels.css";

export type Account = Answer<"/api/channels/accounts">[number];

/** One connection: what it is, whether its keys are there, and whether it works. */
export function AccountSection({ account }: { account: Account }): ReactNode {
  const t = texts.use();
  const [editing, setEditing] = useState(false);
  const [checked, setChecked] = useState(0);
  return (
    <Section
      title={account.name}
      extra={
        <span className="ch-tools">
          {account.enabled ? null : <Status tone="warn">{t("disabled")}</Status>}
          <Promote account={account} />
          <Button onClick={() => setChecked(checked + 1)}>{t("check")}</Button>
          <Button onClick={() => setEditing(true)}>{t("edit")}</Button>
        </span>
      }
    >
      <Facts
        items={[
          { label: t("corpId"), value: account.corp_id },
          { label: t("agentId"), value: account.agent_id },
          { label: t("unit"), value: account.unit_name },
          { label: t("apiBase"), value: account.api_base },
          {
            label: t("callback"),
            value: (
              <>
                <Typography.Text copyable>{location.origin + account.callback_path}</Typography.Text>
                <div className="sn-soft">{t("callbackHint")}</div>
              </>
            ),
          },
          {
            label: t("lastCallback"),
            value: account.last_callback_at ? <Time at={account.last_callback_at} /> : t("never"),
          },
          { label: t("secrets"), value: <Keys account={account} /> },
        ]}
      />
      {checked > 0 ? <Check accountId={account.id} turn={checked} /> : null}
      <AccountForm open={editing} onClose={() => setEditing(false)} account={account} />
    </Section>
  );
}

function Keys({ account }: { account: Account }): ReactNode {
  const t = texts.use();
  return (
    <span className="ch-tools">
      <Status tone={account.has_secret ? "good" : "bad"}>
        {account.has_secret ? t("hasSecret") : `${t("secret")}: ${t("notKept")}`}
      </Status>
      <Status tone={account.has_callback_keys ? "good" : "bad"}>
        {account.has_callback_keys ? t("hasKeys") : `${t("token")}: ${t("notKept")}`}
      </Status>
      {account.has_next_secret || account.has_next_callback_keys ? (
        <Status tone="active">{t("hasNext")}</Status>
      ) : null}
    </span>
  );
}

function Promote({ account }: { account: Account }): ReactNode {
  const t = texts.use();
  const confirm = useConfirm();
  const toast = useToast();
  const promote = useSend("post", "/api/channels/accounts/{account_id}/promote-keys", {
    refresh: ["/api/channels/accounts"],
  });
  if (!account.has_next_secret && !account.has_next_callback_keys) return null;
  const press = async () => {
    if (!(await confirm({ title: t("promoteAsk"), content: t("promoteWill"), action: t("promote") }))) return;
    promote.mutate(
      { path: { account_id: account.id } },
      { onSuccess: () => toast.done(t("promoted")), onError: toast.failed },
    );
  };
  return (
    <Button loading={promote.isPending} onClick={() => void press()}>
      {t("promote")}
    </Button>
  );
}

/** Each step in words: fine, or what is wrong and how to mend it. */
function Check({ accountId, turn }: { accountId: number; turn: number }): ReactNode {
  const t = texts.use();
  const check = useRead("/api/channels/accounts/{account_id}/check", {
    path: { account_id: accountId },
    query: { turn },
    staleTime: Infinity,
  });
  if (check.error) return <ErrorState error={check.error} onRetry={() => void check.refetch()} />;
  if (check.isFetching || !check.data) {
    return (
      <p className="sn-soft" role="status">
        {t("checking")}
      </p>
    );
  }
  const english = currentLocale() === "en";
  return (
    <ul className="ch-check" aria-label={t("check")}>
      {check.data.map((line) => (
        <li key={line.name.zh} className={line.passed ? "ch-passed" : "ch-failed"}>
          {line.passed ? <CheckCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}
          <span>
            <b>{english ? line.name.en : line.name.zh}</b> {line.passed ? t("passed") : t("failed")}
            {line.errcode ? <span className="sn-soft"> {t("errcode", { code: line.errcode })}</span> : null}
            {line.hint ? <div>{english ? line.hint.en : line.hint.zh}</div> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
