import { type ReactNode } from "react";

import { Chart } from "@/kit/desk/Chart";
import { Section } from "@/kit/desk/PageFrame";
import { duration } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { useRead } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";
import { useUnit } from "@/kit/unit";

import { texts } from "./texts";

interface NodeStay {
  node: string;
  name: string;
  count: number;
  working_seconds: number;
  wall_seconds: number;
}

const hours = (seconds: number): number => Math.round((seconds / 3600) * 100) / 100;

/** Where orders spend their time: the mean stay at each node, slowest first. */
export function NodeTimes(): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const unit = useUnit();
  const query = useRead("/api/insights/nodes", { query: { unit_id: unit.id } });
  return (
    <Section title={t("nodes")}>
      <Loaded query={query} rows={6}>
        {(data) => {
          const nodes = data as NodeStay[];
          const [slowest] = nodes;
          if (!slowest) return <Empty title={t("nodesNone")} />;
          return (
            <Chart
              kind="rows"
              categories={nodes.map((node) => node.name)}
              series={[
                { name: t("wall"), values: nodes.map((node) => hours(node.wall_seconds)) },
                { name: t("working"), values: nodes.map((node) => hours(node.working_seconds)) },
              ]}
              sentence={t("nodesSays", { name: slowest.name, time: duration(slowest.wall_seconds, locale) })}
            />
          );
        }}
      </Loaded>
    </Section>
  );
}
