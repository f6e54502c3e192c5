import {
  ArrowLeftOutlined,
  ArrowRightOutlined,
  CloseOutlined,
  CopyOutlined,
  DeleteOutlined,
  DragOutlined,
} from "@ant-design/icons";
import { Button, Tabs, Tooltip } from "antd";
import { type ReactNode } from "react";

import { TypeIcon } from "../canvas/icons";
import type { Fault } from "../canvas/context";
import {
  changeEdge,
  edgeOf,
  mayRemove,
  nodeOf,
  redirect,
  removeEdge,
  removeLane,
  shiftLane,
} from "../drawing/edit";
import { changeStep, outcomesOf } from "../drawing/ways";
import { texts as drawingTexts } from "../texts";
import { type FlowEdge, type FlowNode, asks, isFork, say } from "../types";
import { DeadlineInput } from "./DeadlineInput";
import { declaring } from "./facts";
import { FormTab } from "./FormTab";
import { Pick, Row, WordsInput } from "./inputs";
import { MoreTab } from "./MoreTab";
import { RuleInput } from "./RuleInput";
import { StepSettings } from "./StepSettings";
import { texts } from "./texts";
import { useTools } from "./tools";

export interface PanelActions {
  copy: (id: string) => void;
  move: (id: string) => void;
  remove: (id: string) => void;
  close: () => void;
}

interface Props extends PanelActions {
  selected: readonly string[];
  faults: ReadonlyMap<string, readonly Fault[]>;
}

/** The properties of what is selected, at the right. */
export function Panel({ selected, faults, ...actions }: Props): ReactNode {
  const t = texts.use();
  const { document } = useTools();
  const [first] = selected;
  if (first === undefined) return null;
  if (selected.length > 1) {
    return (
      <Frame title={t("multi", { count: selected.length })} {...actions}>
        <div className="fd-hint">{t("multiHint")}</div>
      </Frame>
    );
  }
  if (first === "flow") return <FlowPanel {...actions} />;
  if (first.startsWith("edge:")) {
    const edge = edgeOf(document, first.slice(5));
    return edge ? <EdgePanel key={edge.id} edge={edge} {...actions} /> : null;
  }
  const node = nodeOf(document, first);
  return node ? (
    <NodePanel key={node.id} node={node} faults={faults.get(node.id) ?? []} {...actions} />
  ) : null;
}

function Frame({
  title,
  tools,
  close,
  children,
}: {
  title: ReactNode;
  tools?: ReactNode;
  close: () => void;
  children: ReactNode;
}): ReactNode {
  const t = texts.use();
  return (
    <aside className="fd-panel" aria-label={typeof title === "string" ? title : undefined}>
      <header className="fd-panel-head">
        {title}
        <span className="fd-panel-tools">
          {tools}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("close")} onClick={close} />
        </span>
      </header>
      <div className="fd-panel-body">{children}</div>
    </aside>
  );
}

function Tool({ text, icon, onClick }: { text: string; icon: ReactNode; onClick: () => void }): ReactNode {
  return (
    <Tooltip title={text}>
      <Button type="text" size="small" icon={icon} aria-label={text} onClick={onClick} />
    </Tooltip>
  );
}

const LIMITED = new Set(["task", "approval", "survey", "action", "subflow"]);

interface NodeProps extends PanelActions {
  node: FlowNode;
  faults: readonly Fault[];
}

function NodePanel({ node, faults, ...actions }: NodeProps): ReactNode {
  const t = texts.use();
  const d = drawingTexts.use();
  const { hand, declared, readOnly } = useTools();
  const change = (part: Partial<FlowNode>) => {
    const mark = `${node.id}:${Object.keys(part).join()}`;
    hand.change((now) => declaring(changeStep(now, node.id, part), JSON.stringify(part), declared), { mark });
  };
  const tools =
    mayRemove(node) && !readOnly ? (
      <>
        <Tool text={t("copy")} icon={<CopyOutlined />} onClick={() => actions.copy(node.id)} />
        <Tool text={t("move")} icon={<DragOutlined />} onClick={() => actions.move(node.id)} />
        <Tool text={t("remove")} icon={<DeleteOutlined />} onClick={() => actions.remove(node.id)} />
      </>
    ) : null;
  const tabs = [
    { key: "main", label: t("tabMain"), children: <MainTab node={node} change={change} /> },
    ...(asks(node.type)
      ? [{ key: "form", label: t("tabForm"), children: <FormTab node={node} change={change} /> }]
      : []),
    ...(LIMITED.has(node.type)
      ? [
          {
            key: "limit",
            label: t("tabLimit"),
            children: (
              <DeadlineInput
                label={t("limit")}
                node={node}
                value={node.deadline}
                onChange={(deadline) => change({ deadline })}
              />
            ),
          },
        ]
      : []),
    ...(node.type === "start" || node.type === "end" || node.type === "join" || isFork(node.type)
      ? []
      : [{ key: "more", label: t("tabMore"), children: <MoreTab node={node} change={change} /> }]),
  ];
  return (
    <Frame
      close={actions.close}
      tools={tools}
      title={
        <span className="fd-panel-title">
          <TypeIcon type={node.type} />
          <b>{say(node.name)}</b>
          <span className="fl-kind">{d(`type_${node.type}`)}</span>
        </span>
      }
    >
      {faults.map((fault) => (
        <div key={fault.text} className={fault.warning ? "fd-says fd-says-hint" : "fd-says"} role="status">
          {fault.text}
        </div>
      ))}
      <fieldset className="fd-fields" disabled={readOnly}>
        {tabs.length === 1 ? tabs[0]?.children : <Tabs size="small" items={tabs} />}
      </fieldset>
    </Frame>
  );
}

function MainTab({ node, change }: { node: FlowNode; change: (part: Partial<FlowNode>) => void }): ReactNode {
  const t = texts.use();
  const telling = asks(node.type);
  return (
    <>
      <WordsInput
        label={t("nodeName")}
        always
        value={node.name}
        onChange={(name) => name && change({ name })}
      />
      <StepSettings node={node} change={change} />
      {telling ? (
        <>
          <WordsInput
            label={t("guide")}
            hint={t("guideHint")}
            rows={2}
            value={node.guide}
            onChange={(guide) => change({ guide })}
          />
          <WordsInput
            label={t("template")}
            hint={t("templateHint")}
            rows={2}
            value={node.template}
            onChange={(template) => change({ template })}
          />
          <WordsInput
            label={t("milestone")}
            hint={t("milestoneHint")}
            value={node.milestone}
            onChange={(milestone) => change({ milestone })}
          />
        </>
      ) : null}
      <div className="fd-hint">{t("nodeId", { id: node.id })}</div>
    </>
  );
}

function EdgePanel({ edge, ...actions }: PanelActions & { edge: FlowEdge }): ReactNode {
  const t = texts.use();
  const d = drawingTexts.use();
  const { document, hand, declared, readOnly } = useTools();
  const source = nodeOf(document, edge.source);
  const conditional = source?.type === "branch" || source?.type === "inclusive";
  const change = (part: Partial<FlowEdge>) =>
    hand.change((now) => declaring(changeEdge(now, edge.id, part), part.condition ?? "", declared), {
      mark: `${edge.id}:${Object.keys(part).join()}`,
    });
  const lane = source && (isFork(source.type) || Boolean(edge.outcome));
  const tools =
    lane && !readOnly ? (
      <>
        {edge.default ? null : (
          <>
            <Tool
              text={t("moveLeft")}
              icon={<ArrowLeftOutlined />}
              onClick={() => hand.change((now) => shiftLane(now, edge.id, -1))}
            />
            <Tool
              text={t("moveRight")}
              icon={<ArrowRightOutlined />}
              onClick={() => hand.change((now) => shiftLane(now, edge.id, 1))}
            />
          </>
        )}
        <Tool
          text={t("remove")}
          icon={<DeleteOutlined />}
          onClick={() => hand.change((now) => removeLane(now, edge.id), { select: [] })}
        />
      </>
    ) : (
      <Tool
        text={t("remove")}
        icon={<DeleteOutlined />}
        onClick={() => hand.change((now) => removeEdge(now, edge.id), { select: [] })}
      />
    );
  const outcome = source && outcomesOf(source).find((one) => one.key === edge.outcome);
  const name = edge.name ? say(edge.name) : outcome ? say(outcome.name) : edge.default ? d("otherwise") : "";
  return (
    <Frame
      close={actions.close}
      tools={readOnly ? null : tools}
      title={
        <span className="fd-panel-title">
          <b>{d("laneOf", { fork: say(source?.name), name: name || "→" })}</b>
        </span>
      }
    >
      <fieldset className="fd-fields" disabled={readOnly}>
        {outcome ? null : (
          <WordsInput label={t("laneName")} value={edge.name} onChange={(words) => change({ name: words })} />
        )}
        {conditional ? <Condition edge={edge} change={change} /> : null}
        <Row label={t("leadsTo")}>
          <Pick
            label={t("leadsTo")}
            value={edge.target}
            options={document.nodes
              .filter((node) => node.type !== "start" && node.id !== edge.source)
              .map((node) => ({ value: node.id, label: say(node.name) }))}
            onChange={(target) => target && hand.change((now) => redirect(now, new Set([edge.id]), target))}
          />
        </Row>
      </fieldset>
    </Frame>
  );
}

function Condition({
  edge,
  change,
}: {
  edge: FlowEdge;
  change: (part: Partial<FlowEdge>) => void;
}): ReactNode {
  const t = texts.use();
  const { hand } = useTools();
  if (edge.default) return <div className="fd-hint">{t("conditionDefault")}</div>;
  const makeDefault = () =>
    hand.change((now) => ({
      ...now,
      edges: now.edges.map((one) => {
        if (one.source !== edge.source) return one;
        if (one.id === edge.id) return { ...one, default: true, condition: undefined };
        return one.default ? { ...one, default: false, condition: "" } : one;
      }),
    }));
  return (
    <>
      <Row label={t("condition")}>
        <RuleInput
          label={t("condition")}
          value={edge.condition ?? ""}
          onChange={(condition) => change({ condition })}
        />
      </Row>
      <button type="button" className="sn-link fd-small" onClick={makeDefault}>
        {t("makeDefault")}
      </button>
    </>
  );
}

function FlowPanel({ close }: PanelActions): ReactNode {
  const t = texts.use();
  const { document, hand, readOnly } = useTools();
  return (
    <Frame close={close} title={<b>{t("settings")}</b>}>
      <fieldset className="fd-fields" disabled={readOnly}>
        <WordsInput
          label={t("nodeName")}
          always
          value={document.name}
          onChange={(name) => name && hand.change((now) => ({ ...now, name }), { mark: "flow:name" })}
        />
        <DeadlineInput
          label={t("flowLimit")}
          value={document.deadline}
          onChange={(deadline) => hand.change((now) => ({ ...now, deadline }), { mark: "flow:deadline" })}
        />
        <div className="fd-hint">{t("steps", { count: document.nodes.length })}</div>
      </fieldset>
    </Frame>
  );
}
