import { type ReactNode } from "react";

import { TransactionTable } from "./TransactionTable";
import { texts } from "./texts";

export default function TransactionsPage(): ReactNode {
  const t = texts.use();
  return <TransactionTable title={t("transactions")} purpose={t("purpose")} />;
}
