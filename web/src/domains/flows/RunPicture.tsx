import { type ReactNode, useMemo } from "react";

import { duration } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import type { Mark } from "./canvas/context";
import { FlowPicture } from "./FlowPicture";
import { texts } from "./texts";
import type { FlowDocument, StepView } from "./types";

interface Props {
  versionId: number;
  steps: readonly StepView[];
  height?: number | string;
}

/** A run on the drawing of its version: what is done, what is open and with whom, what was not reached. */
export function RunPicture({ versionId, steps, height }: Props): ReactNode {
  const found = useRead("/api/flow-versions/{version_id}/document", { path: { version_id: versionId } });
  const t = texts.use();
  const locale = useLocale();
  const told = useMemo(() => {
    const visits = new Map<string, StepView[]>();
    for (const step of steps) visits.set(step.node, [...(visits.get(step.node) ?? []), step]);
    const marks = new Map<string, Mark>();
    const ways = new Map<string, string>();
    for (const [node, stays] of visits) {
      const open = stays.find((step) => step.status === "open");
      const last = open ?? stays.at(-1);
      if (!last) continue;
      const seconds = stays.reduce((sum, step) => sum + step.wall_seconds, 0);
      const who = last.works.filter((work) => work.status === "open" || work.status === "done");
      const names = who.map((work) => work.staff_name).filter(Boolean);
      const word = open ? t("open") : t(last.status === "cancelled" ? "cancelledStep" : "done");
      marks.set(node, {
        state: open ? "open" : last.status === "cancelled" ? "cancelled" : "done",
        light: open ? last.light : null,
        line: [names.join("、") || word, duration(seconds, locale)].join(" · "),
        ...(stays.length > 1 ? { badge: t("visits", { count: stays.length }) } : {}),
      });
      if (!open && last.outcome) ways.set(node, last.outcome);
    }
    return { marks, ways, passed: new Set(visits.keys()) };
  }, [steps, t, locale]);
  return (
    <Loaded query={found} rows={6}>
      {(document) => {
        const drawn = document as unknown as FlowDocument;
        const marks = new Map(told.marks);
        for (const node of drawn.nodes) if (!marks.has(node.id)) marks.set(node.id, { state: "ahead" });
        return (
          <FlowPicture
            document={drawn}
            marks={marks}
            passed={told.passed}
            ways={told.ways}
            {...(height === undefined ? {} : { height })}
          />
        );
      }}
    </Loaded>
  );
}
