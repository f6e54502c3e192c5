import { Checkbox, InputNumber } from "antd";
import { type ReactNode } from "react";

import { PickRemote } from "@/kit/desk/PickRemote";

import { type FlowDocument, type People, asks, say } from "../types";
import { EffectChoice } from "./EffectInput";
import { Lines, type Option, Pick, Row } from "./inputs";
import { RuleInput } from "./RuleInput";
import { texts } from "./texts";
import { useTools } from "./tools";

const STAFF = [
  "role",
  "position",
  "person",
  "supervisor",
  "store_head",
  "starter",
  "step",
  "staff_field",
  "assignee",
  "feel",
] as const;
const OUTSIDE = ["customer", "system"] as const;
type By = (typeof STAFF)[number] | (typeof OUTSIDE)[number] | "several";

interface Props {
  value: People | undefined;
  onChange: (people: People) => void;
  label: string;
  /** Also the customer and the system, as a task may ask. */
  anybody?: boolean;
  /** Inside “several” there is no further several. */
  single?: boolean;
}

/** The rule that finds who is asked. */
export function PeopleInput({ value, onChange, label, anybody, single }: Props): ReactNode {
  const t = texts.use();
  const kinds: By[] = [...STAFF, ...(single ? [] : (["several"] as const)), ...(anybody ? OUTSIDE : [])];
  const options = kinds.map((by): Option => ({ value: by, label: t(`by_${by}`) }));
  return (
    <Row label={label}>
      <div className="fd-pair">
        <Pick
          label={label}
          value={value?.by}
          options={options}
          onChange={(by) => by && onChange(furnished(by as By))}
        />
        {value ? <Detail value={value} onChange={onChange} /> : null}
      </div>
    </Row>
  );
}

function furnished(by: By): People {
  switch (by) {
    case "role":
      return { by, role: "store_manager" };
    case "person":
      return { by, staff_ids: [] };
    case "supervisor":
      return { by, levels: 1 };
    case "feel":
      return { by, expression: "" };
    case "system":
      return { by, effect: "" };
    case "several":
      return { by, rules: [{ by: "role", role: "store_manager" }] };
    case "staff_field":
      return { by, field: "" };
    default:
      return { by };
  }
}

function Detail({ value, onChange }: { value: People; onChange: (people: People) => void }): ReactNode {
  const t = texts.use();
  const { document, choices } = useTools();
  const change = (part: Partial<People>) => onChange({ ...value, ...part });
  switch (value.by) {
    case "role":
    case "position": {
      const list = (value.by === "role" ? choices?.roles : choices?.positions) ?? [];
      const key = value.by;
      return (
        <>
          <Pick
            label={t(`by_${key}`)}
            value={value[key]}
            options={list.map((one) => ({ value: one.key, label: say(one.name) }))}
            onChange={(next) => change({ [key]: next ?? "" })}
          />
          <Checkbox checked={value.up ?? true} onChange={(event) => change({ up: event.target.checked })}>
            {t("upward")}
          </Checkbox>
        </>
      );
    }
    case "person":
      return (
        <PickRemote<{ id: number; name: string; unit_name?: string }>
          path="/api/org/staff"
          multiple
          aria-label={t("by_person")}
          label={(person) => `${person.name}${person.unit_name ? ` · ${person.unit_name}` : ""}`}
          value={value.staff_ids}
          style={{ width: "100%" }}
          onChange={(ids: number[]) => change({ staff_ids: ids })}
        />
      );
    case "supervisor":
      return <Supervisor value={value} change={change} />;
    case "step":
      return (
        <Pick
          label={t("by_step")}
          value={value.node}
          options={document.nodes
            .filter((node) => asks(node.type))
            .map((node) => ({ value: node.id, label: say(node.name) }))}
          onChange={(node) => change({ node: node ?? undefined })}
        />
      );
    case "staff_field":
      return (
        <Pick
          label={t("by_staff_field")}
          placeholder={staffFields(document).length === 0 ? t("noStaffField") : undefined}
          value={value.field}
          options={staffFields(document)}
          onChange={(field) => change({ field: field ?? "" })}
        />
      );
    case "feel":
      return (
        <RuleInput
          label={t("by_feel")}
          value={value.expression ?? ""}
          textOnly
          onChange={(expression) => change({ expression })}
        />
      );
    case "system":
      return <EffectChoice value={value.effect} onChange={(effect) => change({ effect })} />;
    case "several":
      return (
        <Lines<People>
          items={value.rules ?? []}
          onChange={(rules) => change({ rules })}
          add={() => ({ by: "role", role: "store_manager" })}
          addText={t("addRule")}
          least={1}
        >
          {(rule, set) => <PeopleInput label="" value={rule} onChange={set} single />}
        </Lines>
      );
    default:
      return null;
  }
}

function Supervisor({
  value,
  change,
}: {
  value: People;
  change: (part: Partial<People>) => void;
}): ReactNode {
  const t = texts.use();
  const { document } = useTools();
  const handlers = document.nodes
    .filter((node) => asks(node.type))
    .map((node) => ({ value: `步骤.${node.id}.处理人`, label: `${say(node.name)} · ${t("by_step")}` }));
  return (
    <>
      <div className="fd-inline">
        <span>{t("supervisorLevels")}</span>
        <InputNumber
          aria-label={t("supervisorLevels")}
          min={1}
          max={20}
          value={value.levels ?? 1}
          onChange={(levels) => change({ levels: levels ?? 1 })}
        />
        <Checkbox
          checked={value.chain ?? false}
          onChange={(event) => change({ chain: event.target.checked })}
        >
          {t("supervisorChain")}
        </Checkbox>
      </div>
      <Pick
        label={t("supervisorOf")}
        value={value.of ?? ""}
        placeholder={t("supervisorOfStarter")}
        allowClear
        options={handlers}
        onChange={(of) => change({ of })}
      />
    </>
  );
}

/** Fields of forms in which a member of staff is chosen and kept as a fact. */
function staffFields(document: FlowDocument): Option[] {
  return (document.forms ?? []).flatMap((form) =>
    form.fields
      .filter((field) => field.type === "reference" && field["to"] === "staff")
      .map((field) => ({ value: field.key, label: `${say(form.name)} · ${say(field.name)}` })),
  );
}
