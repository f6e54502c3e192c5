import { type ReactNode, useState } from "react";

import { PrimaryButton } from "@/kit/phone/PhoneFrame";
import { Problem } from "@/kit/problem";
import { useRead } from "@/kit/query";
import { Empty, ErrorState, Loaded, Skeleton } from "@/kit/states";
import { useMay } from "@/kit/session";

import { CustomerView } from "./sidebar/CustomerView";
import { NoContact } from "./sidebar/jssdk";
import { NewCustomer } from "./sidebar/NewCustomer";
import { OrderForm } from "./sidebar/OrderForm";
import { texts } from "./sidebar/texts";
import type { Customer } from "./sidebar/types";
import { useContact } from "./sidebar/useContact";

import "./sidebar/sidebar.css";

/** The side bar of a chat: whom one talks to, and the work order that comes of it. */
export default function SideBar(): ReactNode {
  const contact = useContact();
  const t = texts.use();
  if (contact.isPending) return <Waiting words={t("reading")} />;
  if (contact.error) {
    return <Lost error={contact.error} onRetry={() => void contact.refetch()} />;
  }
  return <Chat externalUserid={contact.data} />;
}

function Chat({ externalUserid }: { externalUserid: string }): ReactNode {
  const customer = useRead("/api/customers/by-identity", {
    query: { kind: "wecom_external_userid", value: externalUserid },
  });
  if (customer.error instanceof Problem && customer.error.status === 404) {
    return <NewCustomer externalUserid={externalUserid} onDone={() => void customer.refetch()} />;
  }
  return (
    <Loaded query={customer}>{(found) => <Known customer={found} externalUserid={externalUserid} />}</Loaded>
  );
}

function Known({ customer, externalUserid }: { customer: Customer; externalUserid: string }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [ordering, setOrdering] = useState(false);
  if (ordering) {
    return (
      <OrderForm customer={customer} externalUserid={externalUserid} onClose={() => setOrdering(false)} />
    );
  }
  return (
    <div className="sb">
      <main className="sb-body">
        <CustomerView customer={customer} externalUserid={externalUserid} />
      </main>
      {may("work_order.create") ? (
        <div className="sb-foot">
          <PrimaryButton onClick={() => setOrdering(true)}>{t("create")}</PrimaryButton>
        </div>
      ) : null}
    </div>
  );
}

function Waiting({ words }: { words: string }): ReactNode {
  return (
    <main className="sb-body">
      <p className="sn-soft" role="status">
        {words}
      </p>
      <Skeleton rows={6} />
    </main>
  );
}

function Lost({ error, onRetry }: { error: Error; onRetry: () => void }): ReactNode {
  const t = texts.use();
  if (!(error instanceof NoContact)) return <ErrorState error={error} onRetry={onRetry} />;
  const [title, hint] = {
    "not-in-chat": [t("notInChat"), t("notInChatHint")] as const,
    group: [t("inGroup"), t("inGroupHint")] as const,
    refused: [t("refused"), t("refusedHint")] as const,
  }[error.why];
  const words = error.why === "refused" && error.words ? t("platformSays", { words: error.words }) : "";
  return (
    <main className="sb-body">
      <Empty
        title={title}
        hint={words ? `${hint} ${words}` : hint}
        action={
          <button type="button" className="sn-button" onClick={onRetry}>
            {t("tryAgain")}
          </button>
        }
      />
    </main>
  );
}
