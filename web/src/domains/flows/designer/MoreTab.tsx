import { Checkbox, Select } from "antd";
import { type ReactNode } from "react";

import { outcomesOf } from "../drawing/ways";
import { type FlowNode, type NodeEffect, type Rule, asks, say } from "../types";
import { EffectInput } from "./EffectInput";
import { Lines, Row, WordsInput } from "./inputs";
import { RuleInput } from "./RuleInput";
import { texts } from "./texts";

const MOMENTS = ["opened", "closed"] as const;
const ACTS = [
  "claim",
  "transfer",
  "delegate",
  "add_sign",
  "return",
  "withdraw",
  "copy",
  "urge",
  "hold",
  "skip",
] as const;

interface Props {
  node: FlowNode;
  change: (part: Partial<FlowNode>) => void;
}

/** What happens by itself at a step, what must hold to get in and out, and what those asked may do besides. */
export function MoreTab({ node, change }: Props): ReactNode {
  const t = texts.use();
  return (
    <>
      <Row label={t("triggers")} hint={t("triggersHint")}>
        <Lines<NodeEffect>
          items={node.effects ?? []}
          onChange={(effects) => change({ effects })}
          add={() => ({ at: "opened", effect: "" })}
          addText={t("addTrigger")}
          most={20}
        >
          {(effect, set) => (
            <>
              <div className="fd-inline">
                <Select
                  aria-label={t("triggers")}
                  value={effect.at}
                  options={MOMENTS.map((at) => ({ value: at, label: t(`at_${at}`) }))}
                  onChange={(at) => set({ ...effect, at })}
                />
                {effect.at === "closed" && outcomesOf(node).length > 1 ? (
                  <Select
                    mode="multiple"
                    aria-label={t("outcomeIs")}
                    placeholder={t("anyOutcome")}
                    style={{ flex: 1 }}
                    value={effect.outcomes ?? []}
                    options={outcomesOf(node).map((one) => ({ value: one.key, label: say(one.name) }))}
                    onChange={(outcomes) => set({ ...effect, outcomes })}
                  />
                ) : null}
              </div>
              <EffectInput<NodeEffect> value={effect} onChange={set} />
            </>
          )}
        </Lines>
      </Row>
      <Rules
        label={t("entryRules")}
        add={t("addEntry")}
        value={node.entry}
        onChange={(entry) => change({ entry })}
      />
      {asks(node.type) ? (
        <>
          <Rules
            label={t("exitRules")}
            add={t("addExit")}
            value={node.exit}
            onChange={(exit) => change({ exit })}
          />
          <Row label={t("acts")}>
            <Checkbox.Group
              className="fd-acts"
              value={node.acts ?? [...ACTS]}
              options={ACTS.map((act) => ({ value: act, label: t(`act_${act}`) }))}
              onChange={(acts) => change({ acts })}
            />
          </Row>
        </>
      ) : null}
    </>
  );
}

function Rules({
  label,
  add,
  value,
  onChange,
}: {
  label: string;
  add: string;
  value: Rule[] | undefined;
  onChange: (rules: Rule[]) => void;
}): ReactNode {
  const t = texts.use();
  return (
    <Row label={label}>
      <Lines<Rule>
        items={value ?? []}
        onChange={onChange}
        add={() => ({ condition: "", text: { zh: "", en: "" } })}
        addText={add}
        most={20}
      >
        {(rule, set) => (
          <>
            <RuleInput
              label={label}
              value={rule.condition}
              onChange={(condition) => set({ ...rule, condition })}
            />
            <WordsInput
              label={t("ruleText")}
              always
              value={rule.text}
              onChange={(text) => set({ ...rule, text: text ?? { zh: "", en: "" } })}
            />
          </>
        )}
      </Lines>
    </Row>
  );
}
