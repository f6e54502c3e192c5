import { Button, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import { useSearchParams } from "react-router";

import { PageFrame } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";

import { AccountForm } from "./AccountForm";
import { AccountSection } from "./AccountSection";
import { Inbox } from "./Inbox";
import { Outbox } from "./Outbox";
import { texts } from "./texts";

export default function ChannelsPage(): ReactNode {
  const t = texts.use();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <PageFrame title={t("title")} purpose={t("purpose")} action={add}>
      <Tabs
        activeKey={search.get("tab") ?? "connections"}
        onChange={(tab) => setSearch({ tab })}
        destroyOnHidden
        items={[
          {
            key: "connections",
            label: t("connections"),
            children: <Connections add={add} />,
          },
          { key: "inbox", label: t("inbox"), children: <Inbox /> },
          { key: "outbox", label: t("outbox"), children: <Outbox /> },
        ]}
      />
      <AccountForm open={adding} onClose={() => setAdding(false)} />
    </PageFrame>
  );
}

function Connections({ add }: { add: ReactNode }): ReactNode {
  const t = texts.use();
  const accounts = useRead("/api/channels/accounts");
  return (
    <Loaded query={accounts}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={t("none")} hint={t("noneHint")} action={add} />
        ) : (
          rows.map((account) => <AccountSection key={account.id} account={account} />)
        )
      }
    </Loaded>
  );
}
