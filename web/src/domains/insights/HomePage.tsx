import { type ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { FigureCard, PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { Figure } from "@/kit/Money";
import { formatNumber } from "@/kit/format";
import { useLive } from "@/kit/live";
import { useRead, useRefresh } from "@/kit/query";
import { useMay, useSession } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { useUnit } from "@/kit/unit";

import { NodeTimes } from "./NodeTimes";
import { OpenOrders } from "./OpenOrders";
import { Trend } from "./Trend";
import { texts } from "./texts";

export interface FigureRow {
  key: string;
  name: string;
  count: number;
  total: string;
  base_count: string;
  base_total: string;
  link: string;
  base_link: string;
}

/** What one meets in the morning: today's figures, what is under way with its lights, and where time goes. */
export default function HomePage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const session = useSession();
  const boards = may("insights.read");
  const orders = may("work_order.read");
  return (
    <PageFrame
      title={session?.staff?.name ? t("hello", { name: session.staff.name }) : t("home")}
      purpose={t("homePurpose")}
    >
      <div className="sn-stack">
        {boards ? <Today /> : null}
        {orders ? (
          <Section
            title={t("openOrders")}
            extra={<Link to="/console/work-orders">{t("allOrders")}</Link>}
            flush
          >
            <OpenOrders />
          </Section>
        ) : null}
        {boards ? <Split main={<Trend />} side={<NodeTimes />} /> : null}
      </div>
    </PageFrame>
  );
}

function Today(): ReactNode {
  const t = texts.use();
  const unit = useUnit();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const query = useRead("/api/insights/figures", { query: { unit_id: unit.id } });
  useLive(["work_order@*"], () => void refresh("/api/insights"));
  return (
    <Loaded query={query} rows={2}>
      {(data) => (
        <div className="sn-figures">
          {(data as FigureRow[]).map((row) => (
            <FigureCard
              key={row.key}
              label={row.name}
              value={
                <Figure onOpen={() => void navigate(row.link)}>
                  {row.key === "rated" && row.count
                    ? t("ratingMean", { value: mean(row.total, row.count) })
                    : row.key === "rated"
                      ? "—"
                      : formatNumber(row.count)}
                </Figure>
              }
              note={
                row.key === "rated" ? (
                  t("ratingCount", { count: row.count })
                ) : (
                  <Link to={row.base_link}>{t("base", { value: formatNumber(row.base_count, 1) })}</Link>
                )
              }
            />
          ))}
        </div>
      )}
    </Loaded>
  );
}

/** Shown only, never calculated with: one digit of a mean. */
const mean = (total: string, count: number): string => (Number(total) / count).toFixed(1);
