import "@xyflow/react/dist/base.css";
import "./canvas.css";

import {
  type Connection,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
} from "@xyflow/react";
import { type DragEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { type Gap, layoutOf } from "../drawing/layout";
import { startOf } from "../drawing/structure";
import type { Names } from "../summary";
import { texts } from "../texts";
import type { FlowDocument, NodeType } from "../types";
import { CanvasContext, DRAGGED, type Fault, type Mark } from "./context";
import { Kept, type Look, freeLines, freeShapes, listLines, listShapes, placeOf } from "./elements";
import { focusOn } from "./focus";
import { Line, type LineShape, Way, type WayShape } from "./lines";
import { Head, Jump, Meet, type Shape, Step } from "./shapes";
import { Zoom } from "./Zoom";

const NODE_TYPES = { step: Step, head: Head, jump: Jump, meet: Meet };
const EDGE_TYPES = { line: Line, way: Way };
const NO_SELECTION: readonly string[] = [];
const GRID: [number, number] = [10, 10];
const EMPTY: Names = {};

export type Instance = ReactFlowInstance<Shape, LineShape | WayShape>;

export interface CanvasEditing {
  placing?: boolean;
  onGap: (gap: Gap, at: { x: number; y: number }) => void;
  onAddLane: (fork: string) => void;
  /** The free canvas: nodes were dragged, joined, or taken from the palette. */
  onPlace: (places: ReadonlyMap<string, { x: number; y: number }>) => void;
  onConnect: (source: string, target: string) => void;
  onDrop: (type: NodeType, at: { x: number; y: number }) => void;
}

export interface FlowCanvasProps {
  document: FlowDocument;
  view?: "list" | "free";
  names?: Names;
  marks?: ReadonlyMap<string, Mark> | null;
  faults?: ReadonlyMap<string, readonly Fault[]> | null;
  found?: ReadonlySet<string> | null;
  passed?: ReadonlySet<string> | null;
  ways?: ReadonlyMap<string, string> | null;
  /** Ids of nodes, and of edges as `edge:ID`. */
  selected?: readonly string[];
  onSelect?: (ids: string[]) => void;
  editing?: CanvasEditing | null;
  map?: boolean;
  /** Shows everything at the start instead of the top at its real size. */
  whole?: boolean;
  onReady?: (instance: Instance) => void;
}

/** A flow as it is drawn: as a list with + between the steps, or freely. Without `editing` it is only looked at. */
export default function FlowCanvas(props: FlowCanvasProps): ReactNode {
  const { document, view = "list", names = EMPTY, editing = null, onSelect } = props;
  const t = texts.use();
  const [kept] = useState(() => ({
    list: new Kept<Shape>(),
    free: new Kept<Shape>(),
    lines: new Kept<LineShape>(),
    ways: new Kept<WayShape>(),
  }));
  const [flow, setFlow] = useState<Instance | null>(null);
  const [moving, setMoving] = useState<ReadonlyMap<string, { x: number; y: number }>>(new Map());
  const selected = props.selected ?? NO_SELECTION;
  const look = useMemo<Look>(
    () => ({
      t,
      names,
      marks: props.marks ?? null,
      faults: props.faults ?? null,
      found: props.found ?? null,
      passed: props.passed ?? null,
      ways: props.ways ?? null,
      selected: new Set(selected),
    }),
    [t, names, props.marks, props.faults, props.found, props.passed, props.ways, selected],
  );
  const free = view === "free";
  const nodes = useMemo(
    () =>
      free
        ? freeShapes(document, look, kept.free, moving, Boolean(editing))
        : listShapes(document, look, kept.list),
    [free, document, look, kept, moving, editing],
  );
  const edges = useMemo<(LineShape | WayShape)[]>(
    () => (free ? freeLines(document, look, kept.ways) : listLines(document, look, kept.lines)),
    [free, document, look, kept],
  );
  const jump = useCallback((id: string) => flow && focusOn(flow, id), [flow]);
  const tools = useMemo(
    () => ({
      document,
      names,
      editable: Boolean(editing),
      placing: editing?.placing ?? false,
      onGap: editing?.onGap ?? ignore,
      onAddLane: editing?.onAddLane ?? ignore,
      onJump: (id: string) => {
        jump(id);
        onSelect?.([id]);
      },
    }),
    [document, names, editing, jump, onSelect],
  );
  const choose = (changes: readonly { id: string; selected: boolean }[], name: (id: string) => string) => {
    if (changes.length === 0 || !onSelect) return;
    const next = new Set(selected);
    for (const change of changes) {
      if (change.selected) next.add(name(change.id));
      else next.delete(name(change.id));
    }
    onSelect([...next]);
  };
  const nodesChanged = (changes: NodeChange<Shape>[]) => {
    const drags = changes.filter((change) => change.type === "position" && change.position);
    if (drags.length > 0 && editing) {
      const next = new Map(moving);
      for (const change of drags) {
        if (change.type === "position" && change.position) next.set(change.id, change.position);
      }
      setMoving(next);
    }
    choose(
      changes.filter((change) => change.type === "select"),
      (id) => (id.startsWith("head:") ? `edge:${id.slice(5)}` : id),
    );
  };
  const edgesChanged = (changes: EdgeChange<LineShape | WayShape>[]) => {
    choose(
      changes.filter((change) => change.type === "select"),
      (id) => `edge:${id}`,
    );
  };
  const dragged = () => {
    editing?.onPlace(moving);
    setMoving(new Map());
  };
  const dropped = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAGGED) as NodeType;
    if (!type || !flow || !editing) return;
    event.preventDefault();
    editing.onDrop(type, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  const connected = ({ source, target }: Connection) => editing?.onConnect(source, target);
  const ready = (instance: Instance) => {
    setFlow(instance);
    props.onReady?.(instance);
  };
  useShown(flow, view, document, props.whole ?? false);
  return (
    <CanvasContext value={tools}>
      <ReactFlow<Shape, LineShape | WayShape>
        className={`fl-canvas fl-canvas-${view}`}
        aria-label={t("drawing")}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={ready}
        onNodesChange={nodesChanged}
        onEdgesChange={edgesChanged}
        onNodeDragStop={dragged}
        onSelectionDragStop={dragged}
        onConnect={connected}
        onDrop={dropped}
        onDragOver={(event) => free && editing && event.preventDefault()}
        nodesDraggable={free && editing !== null}
        nodesConnectable={free && editing !== null}
        elementsSelectable={onSelect !== undefined}
        nodesFocusable={onSelect !== undefined}
        edgesFocusable={free && onSelect !== undefined}
        selectionMode={SelectionMode.Partial}
        snapToGrid={free}
        snapGrid={GRID}
        deleteKeyCode={null}
        panOnScroll
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        minZoom={0.25}
        maxZoom={1.5}
        proOptions={HIDDEN}
      >
        {props.map ? (
          <MiniMap pannable zoomable ariaLabel={null} className="fl-map" nodeBorderRadius={12} />
        ) : null}
        <Zoom />
      </ReactFlow>
    </CanvasContext>
  );
}

// its licence (MIT) asks for no mark on the drawing
const HIDDEN = { hideAttribution: true };
const ignore = () => undefined;

/** At first, and when the view changes: the top of the flow, readable; or all of it. */
function useShown(flow: Instance | null, view: string, document: FlowDocument, whole: boolean): void {
  const shown = useRef("");
  const wanted = `${view}:${document.nodes.length > 0 ? "some" : "none"}`;
  useEffect(() => {
    if (!flow || shown.current === wanted) return;
    shown.current = wanted;
    const box = window.document.querySelector(".fl-canvas")?.getBoundingClientRect();
    if (whole || !box) {
      void flow.fitView({ padding: 0.08, maxZoom: 1 });
      return;
    }
    const shapes = view === "free" ? [...placeOf(document).values()] : layoutOf(document).shapes;
    const left = Math.min(...shapes.map((shape) => shape.x));
    const right = Math.max(...shapes.map((shape) => shape.x + shape.width));
    const top = Math.min(...shapes.map((shape) => shape.y));
    const zoom = shapes.length === 0 ? 1 : Math.min(1, Math.max(0.6, (box.width - 48) / (right - left)));
    const fits = (right - left) * zoom <= box.width - 24;
    const start = placeOf(document).get(startOf(document)?.id ?? "");
    const middle = fits || !start ? (left + right) / 2 : start.x + start.width / 2;
    void flow.setViewport({ x: box.width / 2 - middle * zoom, y: 32 - top * zoom, zoom });
  }, [flow, wanted, whole, view, document]);
}
