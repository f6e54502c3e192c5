import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

type CheckRow = Answer<"/api/ledger/checks">["items"][number];

/** What the nightly check of the whole ledger found, which should be nothing. */
export default function ChecksPage(): ReactNode {
  const t = texts.use();
  const columns: ColumnSpec<CheckRow>[] = [
    { key: "day", title: t("day"), sort: true, fixed: true, width: 140 },
    { key: "at", title: t("checkedAt"), width: 180, render: (row) => <Time at={row.at} show="absolute" /> },
    {
      key: "findings",
      title: t("findings"),
      render: (row) =>
        row.findings.length === 0 ? (
          <Status tone="good">{t("allWell")}</Status>
        ) : (
          <>
            <Status tone="bad">{t("found", { count: row.findings.length })}</Status>
            <ul className="sn-faint">
              {row.findings.slice(0, 20).map((finding) => (
                <li key={`${finding.rule}-${finding.row_id}`}>
                  <code>{finding.rule}</code> #{finding.row_id} {finding.off_by}
                </li>
              ))}
            </ul>
          </>
        ),
    },
  ];
  return (
    <TablePage<CheckRow>
      title={t("checks")}
      purpose={t("checksPurpose")}
      path="/api/ledger/checks"
      exportable={false}
      columns={columns}
      empty={{ title: t("noChecks"), hint: t("noChecksHint") }}
    />
  );
}
