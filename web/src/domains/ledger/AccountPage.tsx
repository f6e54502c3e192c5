import { type ReactNode } from "react";
import { useParams } from "react-router";

import type { Answer } from "@/kit/api";
import { FigureCard, PageFrame } from "@/kit/desk/PageFrame";
import { Money } from "@/kit/Money";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { PlaceHold } from "./PlaceHold";
import { TransactionTable } from "./TransactionTable";
import { texts } from "./texts";
import { say } from "./words";

type Account = Answer<"/api/ledger/accounts/{account_id}">;

export default function AccountPage(): ReactNode {
  const account_id = Number(useParams()["id"]);
  const account = useRead("/api/ledger/accounts/{account_id}", { path: { account_id } });
  return <Loaded query={account}>{(row) => <Statement account={row} />}</Loaded>;
}

function Statement({ account }: { account: Account }): ReactNode {
  const t = texts.use();
  const owner = account.owner_kind ? account.owner_title : t("platform");
  return (
    <PageFrame
      title={`${owner} · ${say(account.purpose_text)}`}
      purpose={t("purpose")}
      back="/console/ledger/accounts"
      action={<PlaceHold account={account} />}
    >
      <div className="sn-figures">
        <FigureCard
          label={t("balance")}
          value={<Money amount={account.balance} currency={account.currency} />}
        />
        <FigureCard label={t("postings")} value={account.postings} />
        <FigureCard label={t("kind")} value={t(`kind_${account.kind}`)} />
      </div>
      <TransactionTable embedded title={t("transactions")} accountId={account.id} />
    </PageFrame>
  );
}
