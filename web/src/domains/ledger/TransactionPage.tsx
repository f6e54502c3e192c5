import { type ReactNode } from "react";
import { useParams } from "react-router";

import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { TransactionFacts } from "./TransactionTable";
import { texts } from "./texts";

export default function TransactionPage(): ReactNode {
  const t = texts.use();
  const transaction_id = Number(useParams()["id"]);
  const row = useRead("/api/ledger/transactions/{transaction_id}", { path: { transaction_id } });
  return (
    <PageFrame title={`#${transaction_id}`} purpose={t("purpose")} back="/console/ledger/transactions">
      <Section>
        <Loaded query={row}>{(found) => <TransactionFacts row={found} />}</Loaded>
      </Section>
    </PageFrame>
  );
}
