import { Collapse, InputNumber, Select } from "antd";
import { type ReactNode } from "react";

import { nodeOf } from "../drawing/edit";
import { type FlowNode, type Level, asks, say } from "../types";
import { DeadlineInput } from "./DeadlineInput";
import { Lines, Pick, Row, WordsInput } from "./inputs";
import { NobodyInput } from "./NobodyInput";
import { PeopleInput } from "./PeopleInput";
import { RuleInput } from "./RuleInput";
import { texts } from "./texts";
import { useTools } from "./tools";

const MODES = ["any", "all", "in_turn", "n_of_m"] as const;
export const LEVELS_MOST = 20;

interface Props {
  node: FlowNode;
  change: (part: Partial<FlowNode>) => void;
}

/** Who decides, level after level, and what a rejection means. */
export function ApprovalInput({ node, change }: Props): ReactNode {
  const t = texts.use();
  const levels = node.levels ?? [];
  return (
    <>
      <Lines<Level>
        items={levels}
        onChange={(next) => change({ levels: next })}
        add={() => ({ people: { by: "supervisor", levels: Math.max(1, levels.length) }, mode: "any" })}
        addText={levels.length < LEVELS_MOST ? t("addLevel") : t("levelsMost")}
        most={LEVELS_MOST}
        least={1}
      >
        {(level, set, index) => (
          <LevelInput level={level} number={index + 1} alone={levels.length === 1} onChange={set} />
        )}
      </Lines>
      <Rejection node={node} change={change} />
    </>
  );
}

interface LevelProps {
  level: Level;
  number: number;
  alone: boolean;
  onChange: (level: Level) => void;
}

function LevelInput({ level, number, alone, onChange }: LevelProps): ReactNode {
  const t = texts.use();
  const change = (part: Partial<Level>) => onChange({ ...level, ...part });
  return (
    <div className="fd-level">
      {alone ? null : <b className="fd-level-name">{t("level", { number })}</b>}
      <PeopleInput label={t("approver")} value={level.people} onChange={(people) => change({ people })} />
      <Row label={t("mode")}>
        <Select
          aria-label={t("mode")}
          style={{ width: "100%" }}
          value={level.mode ?? "any"}
          options={MODES.map((mode) => ({ value: mode, label: t(`mode_${mode}`) }))}
          onChange={(mode) => change({ mode, needed: mode === "n_of_m" ? (level.needed ?? 2) : null })}
        />
      </Row>
      {level.mode === "n_of_m" ? (
        <div className="fd-inline">
          <span>{t("needed")}</span>
          <InputNumber
            aria-label={t("needed")}
            min={1}
            value={level.needed ?? 1}
            onChange={(needed) => change({ needed })}
          />
        </div>
      ) : null}
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "more",
            label: t("levelLimit"),
            children: (
              <>
                <WordsInput label={t("levelName")} value={level.name} onChange={(name) => change({ name })} />
                <DeadlineInput
                  label={t("levelLimit")}
                  value={level.deadline}
                  onChange={(deadline) => change({ deadline })}
                />
                <Row label={t("levelWhen")}>
                  <RuleInput
                    label={t("levelWhen")}
                    value={level.when ?? ""}
                    onChange={(when) => change({ when: when || null })}
                  />
                </Row>
                <NobodyInput value={level} onChange={change} />
              </>
            ),
          },
        ]}
      />
    </div>
  );
}

const REJECTS = ["end", "return", "way"] as const;

function Rejection({ node, change }: Props): ReactNode {
  const t = texts.use();
  const { document } = useTools();
  const earlier = document.nodes.filter((one) => asks(one.type) && one.id !== node.id);
  return (
    <Row label={t("onReject")}>
      <div className="fd-pair">
        <Select
          aria-label={t("onReject")}
          style={{ width: "100%" }}
          value={node.on_reject ?? "way"}
          options={REJECTS.map((one) => ({
            value: one,
            label: one === "return" ? `${t("reject_return")}…` : t(`reject_${one}`),
          }))}
          onChange={(on_reject) =>
            change({ on_reject, reject_to: on_reject === "return" ? (earlier[0]?.id ?? null) : undefined })
          }
        />
        {node.on_reject === "return" ? (
          <Pick
            label={t("rejectTo")}
            value={node.reject_to && nodeOf(document, node.reject_to) ? node.reject_to : null}
            options={earlier.map((one) => ({ value: one.id, label: say(one.name) }))}
            onChange={(reject_to) => change({ reject_to })}
          />
        ) : null}
      </div>
    </Row>
  );
}
