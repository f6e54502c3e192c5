import { type ReactNode } from "react";
import { useNavigate } from "react-router";

import { Chart } from "@/kit/desk/Chart";
import { Section } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { useUnit } from "@/kit/unit";
import { useLocale } from "@/kit/i18n";

import { texts } from "./texts";

interface Point {
  day: string;
  key: string;
  count: number;
}

const SERIES = {
  opened: ["新建", "Opened"],
  completed: ["完工", "Completed"],
  closed: ["关闭", "Closed"],
} as const;

/** The orders behind one point. */
const ordersOf = (moment: string, day: string): string =>
  `/console/work-orders?moment=${moment}&day_from=${day}&day_to=${day}&in_units=true`;

/** Orders by day over the last thirty days. */
export function Trend(): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const unit = useUnit();
  const navigate = useNavigate();
  const query = useRead("/api/insights/series", { query: { unit_id: unit.id } });
  return (
    <Section title={t("trend")}>
      <Loaded query={query} rows={6}>
        {(data) => {
          const points = data as Point[];
          const days = [...new Set(points.map((point) => point.day))];
          const of = (key: string) =>
            days.map((day) => points.find((point) => point.day === day && point.key === key)?.count ?? 0);
          const sum = (key: string) => of(key).reduce((total, count) => total + count, 0);
          return (
            <Chart
              kind="line"
              categories={days}
              series={Object.entries(SERIES).map(([key, names]) => ({
                name: names[locale === "en" ? 1 : 0],
                values: of(key),
              }))}
              sentence={t("trendSays", { opened: sum("opened"), closed: sum("closed") })}
              onPick={(day, name) => {
                const moment = Object.entries(SERIES).find(([, names]) => names.some((one) => one === name));
                void navigate(ordersOf(moment?.[0] ?? "opened", day));
              }}
            />
          );
        }}
      </Loaded>
    </Section>
  );
}
