import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { type ReactNode, memo, use } from "react";

import { Light } from "@/kit/marks";

import { texts } from "../texts";
import { type FlowEdge, type FlowNode, isFork, say } from "../types";
import { CanvasContext, type Fault, type Mark } from "./context";
import { TypeIcon } from "./icons";

export type StepShape = Node<
  { node: FlowNode; mark: Mark | null; faults: readonly Fault[] | null; found: boolean; lines: string },
  "step"
>;
export type HeadShape = Node<{ edge: FlowEdge; fork: FlowNode; name: string; mark: Mark | null }, "head">;
export type JumpShape = Node<{ target: FlowNode | undefined }, "jump">;
export type MeetShape = Node<Record<string, never>, "meet">;
export type Shape = StepShape | HeadShape | JumpShape | MeetShape;

const Ends = memo(function Ends({ connectable }: { connectable: boolean }): ReactNode {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={connectable} />
      <Handle type="source" position={Position.Bottom} isConnectable={connectable} />
    </>
  );
});

function classes(mark: Mark | null, selected: boolean, found: boolean, faulty: boolean): string {
  return [
    selected && "fl-selected",
    found && "fl-found",
    faulty && "fl-faulty",
    mark?.state && `fl-is-${mark.state}`,
    mark?.fate && `fl-fate-${mark.fate}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** A node: a card for steps, a pill for where flows begin, part, meet and end. */
export const Step = memo(function Step({ data, selected, isConnectable }: NodeProps<StepShape>): ReactNode {
  const { node, mark, faults, found } = data;
  const t = texts.use();
  const tools = use(CanvasContext);
  const pill = node.type === "start" || node.type === "end" || node.type === "join" || isFork(node.type);
  const style = mark?.heat
    ? { background: `color-mix(in srgb, #d9822b ${Math.round(mark.heat * 38)}%, #fff)` }
    : undefined;
  return (
    <div
      className={`${pill ? "fl-pill" : "fl-card"} ${classes(mark, selected, found, Boolean(faults))}`}
      style={style}
    >
      <Ends connectable={isConnectable} />
      {pill ? (
        <Pill node={node} editable={tools.editable} />
      ) : (
        <Card node={node} lines={data.lines} mark={mark} />
      )}
      <Corner faults={faults} mark={mark} count={faults ? t("faults", { count: faults.length }) : ""} />
    </div>
  );
});

function Card({ node, lines, mark }: { node: FlowNode; lines: string; mark: Mark | null }): ReactNode {
  const t = texts.use();
  const [first, second] = lines.split("\n");
  return (
    <>
      <div className="fl-card-head">
        <TypeIcon type={node.type} />
        <b title={say(node.name)}>{say(node.name)}</b>
        {mark?.fate ? (
          <span className={`fl-fate fl-fate-word-${mark.fate}`}>{t(`fate_${mark.fate}`)}</span>
        ) : (
          <span className="fl-kind">{t(`type_${node.type}`)}</span>
        )}
      </div>
      <div className="fl-card-line" title={first}>
        {first}
      </div>
      <div className="fl-card-line sn-faint">
        {mark?.light ? <Light light={mark.light} /> : null}
        <span title={mark?.line ?? second}>{mark?.line ?? second}</span>
      </div>
    </>
  );
}

function Pill({ node, editable }: { node: FlowNode; editable: boolean }): ReactNode {
  const t = texts.use();
  const tools = use(CanvasContext);
  return (
    <>
      <TypeIcon type={node.type} />
      <b title={say(node.name)}>{say(node.name)}</b>
      {editable && isFork(node.type) ? (
        <button
          type="button"
          className="fl-add-lane nodrag"
          title={t("addLane")}
          aria-label={`${say(node.name)} ${t("addLane")}`}
          onClick={(event) => {
            event.stopPropagation();
            tools.onAddLane(node.id);
          }}
        >
          +
        </button>
      ) : null}
    </>
  );
}

function Corner({
  faults,
  mark,
  count,
}: {
  faults: readonly Fault[] | null;
  mark: Mark | null;
  count: string;
}): ReactNode {
  if (faults) {
    return (
      <span
        className={`fl-fault${faults.every((fault) => fault.warning) ? " fl-fault-warning" : ""}`}
        role="img"
        aria-label={count}
        title={faults.map((fault) => fault.text).join("\n")}
      >
        !
      </span>
    );
  }
  return mark?.badge ? (
    <span className={`fl-badge${mark.badgeTone === "late" ? " fl-badge-late" : ""}`}>{mark.badge}</span>
  ) : null;
}

/** The head of a lane: its condition, or the outcome that leads into it. */
export const Head = memo(function Head({ data, selected }: NodeProps<HeadShape>): ReactNode {
  const t = texts.use();
  const { edge, fork, name, mark } = data;
  const conditional = fork.type === "branch" || fork.type === "inclusive";
  const condition = edge.default ? t("otherwise") : edge.condition || t("noCondition");
  return (
    <div
      className={`${conditional ? "fl-condition" : "fl-way"} ${classes(mark, selected, false, false)}${
        edge.on ? " fl-way-aside" : ""
      }`}
    >
      <Ends connectable={false} />
      <b title={name}>{name}</b>
      {conditional ? (
        <span className={edge.default || edge.condition ? "sn-faint" : "fl-missing"} title={condition}>
          {edge.default && edge.name?.zh === "其他情况" ? t("always") : condition}
        </span>
      ) : null}
    </div>
  );
});

/** A way that leads to a step drawn elsewhere. */
export const Jump = memo(function Jump({ data }: NodeProps<JumpShape>): ReactNode {
  const t = texts.use();
  const tools = use(CanvasContext);
  const { target } = data;
  const words = target?.type === "end" ? t("ended") : t("jumpsTo", { name: say(target?.name) });
  return (
    <button
      type="button"
      className="fl-jump nodrag"
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        if (target) tools.onJump(target.id);
      }}
    >
      <Ends connectable={false} />
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {target?.type === "end" ? (
          <rect x="5" y="5" width="6" height="6" rx="1" fill="currentColor" stroke="none" />
        ) : (
          <path d="M12.6 12.4V9a3 3 0 00-3-3H3.6M6.4 3.2L3.4 6l3 2.8" />
        )}
      </svg>
      <span>{words}</span>
    </button>
  );
});

export const Meet = memo(function Meet(): ReactNode {
  return (
    <div className="fl-meet">
      <Ends connectable={false} />
    </div>
  );
});
