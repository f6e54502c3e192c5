import "./designer.css";

import { Button } from "antd";
import {
  Suspense,
  lazy,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { Link, useNavigate } from "react-router";

import { api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { Skeleton } from "@/kit/states";

import type { Instance } from "../canvas/FlowCanvas";
import { DRAGGED } from "../canvas/context";
import { focusOn } from "../canvas/focus";
import { type Piece, copyOf, moveTo, pasteAt, pasteFree } from "../drawing/clipboard";
import { addLane, insertAt, nodeOf, removeAll, removeLane, removeStep } from "../drawing/edit";
import type { Gap } from "../drawing/layout";
import { startOf } from "../drawing/structure";
import type { Arranged } from "../drawing/arrange";
import { withArrangement, withNode, withPlaces } from "../drawing/free";
import { withEdge } from "../drawing/names";
import { type DefinitionRow, type DraftView, type FlowDocument, type NodeType, say } from "../types";
import { type Declarations, factsOf } from "./facts";
import { InsertMenu } from "./InsertMenu";
import { Palette } from "./Palette";
import { Panel } from "./Panel";
import { PublishDrawer } from "./PublishDrawer";
import { texts } from "./texts";
import { type Shown, TrialPanel } from "./TrialPanel";
import { type Choices, DesignContext, type DesignTools } from "./tools";
import { SEARCH, TopBar, type View } from "./TopBar";
import { useCheck } from "./useCheck";
import { useDesign } from "./useDesign";
import { useKeys } from "./useKeys";
import { useNames } from "./useNames";
import { useSaving } from "./useSaving";

const FlowCanvas = lazy(() => import("../canvas/FlowCanvas"));
// what was copied stays for other flows too
let clipboard: Piece | null = null;

interface Props {
  flow: DefinitionRow;
  draft: DraftView;
  choices: Choices | undefined;
  declared: Declarations | undefined;
}

/** Drawing a flow: the drawing in the middle, properties at the right, everything kept by itself. */
export function Designer({ flow, draft, choices, declared }: Props): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const navigate = useNavigate();
  const readOnly = !flow.may_design;
  const [design, hand] = useDesign(draft.document as unknown as FlowDocument);
  const document = design.history.now;
  const saver = useSaving(flow.key, draft, document, !readOnly);
  const check = useCheck(document, !readOnly);
  const names = useNames(choices, declared);
  const [view, setView] = useState<View>("list");
  const [arrangement, setArrangement] = useState<Arranged | null>(null);
  const [gap, setGap] = useState<{ gap: Gap; at: { x: number; y: number } } | null>(null);
  const [canvas, setCanvas] = useState<Instance | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [trying, setTrying] = useState(false);
  const [tried, setTried] = useState<Shown | null>(null);
  const [wanted, setWanted] = useState("");
  const [piece, setPiece] = useState(clipboard);
  useWholeWindow();

  const found = useFound(document, useDeferredValue(wanted));
  // a flow never drawn freely is arranged to be looked at; that is kept once something is moved
  const placed = useMemo(
    () =>
      arrangement && !document.layout?.[startOf(document)?.id ?? ""]
        ? withArrangement(document, arrangement)
        : document,
    [document, arrangement],
  );
  const tools = useMemo<DesignTools>(
    () => ({ document, hand, facts: factsOf(document, declared), choices, declared, names, readOnly }),
    [document, hand, declared, choices, names, readOnly],
  );
  const closeMenu = useCallback(() => setGap(null), []);
  const focus = useCallback(
    (id: string) => {
      hand.select([id]);
      if (canvas) focusOn(canvas, id);
    },
    [canvas, hand],
  );
  const steps = design.selected.filter((id) => id !== "flow" && !id.startsWith("edge:"));

  const remove = (ids: readonly string[]) => {
    const gone = ids.filter((id) => id !== "flow");
    if (gone.length === 0 || readOnly) return;
    const act = (now: FlowDocument): FlowDocument =>
      gone.reduce((rest, id) => {
        if (id.startsWith("edge:")) return removeLane(rest, id.slice(5));
        return view === "free" && gone.length > 1 ? removeAll(rest, [id]) : removeStep(rest, id);
      }, now);
    const left = act(document);
    if (left === document) return;
    hand.change(act, { select: [] });
    const count = document.nodes.length - left.nodes.length;
    if (count > 1) toast.info(t("removed", { count }));
  };
  const copy = (ids: readonly string[]) => {
    const taken = copyOf(document, ids);
    if (!taken) return;
    clipboard = taken;
    setPiece(taken);
    toast.info(t("copied", { name: say(nodeOf(document, ids[0] ?? "")?.name) }));
  };
  const paste = (where: Gap | null) => {
    if (!clipboard || readOnly) return;
    const held = clipboard;
    if (where) {
      const put = pasteAt(document, where, held);
      hand.change(() => put.document, { select: put.select ? [put.select] : [] });
    } else if (view === "free") {
      const put = pasteFree(document, held, { x: 40, y: 40 });
      hand.change(() => put.document, { select: put.ids });
    } else {
      const after = document.edges.filter((edge) => edge.source === steps[0]);
      const [only] = after;
      if (after.length === 1 && only) paste({ edge: only.id });
    }
  };
  const insert = (where: Gap, type: NodeType) => {
    const made = insertAt(document, where, type);
    hand.change(() => made.document, { select: made.select ? [made.select] : [] });
    setGap(null);
  };
  const place = useCallback(
    (target: Gap) => {
      const { moving } = design;
      const moved = moving === null ? null : moveTo(document, moving, target);
      if (moved) hand.change(() => moved.document, { select: [moved.select] });
      else toast.info(t("cannotPlace"));
    },
    [design, document, hand, toast, t],
  );
  const editing = useMemo(
    () =>
      readOnly
        ? null
        : {
            placing: design.moving !== null,
            onGap: (where: Gap, at: { x: number; y: number }) =>
              design.moving === null ? setGap({ gap: where, at }) : place(where),
            onAddLane: (fork: string) => {
              const made = addLane(document, fork);
              hand.change(() => made.document, { select: made.select ? [`edge:${made.select}`] : [] });
            },
            onPlace: (places: ReadonlyMap<string, { x: number; y: number }>) =>
              hand.change(() => withPlaces(placed, places)),
            onConnect: (source: string, target: string) =>
              hand.change((now) => withEdge(now, source, target)),
            onDrop: (type: NodeType, at: { x: number; y: number }) => {
              const made = withNode(placed, type, at);
              hand.change(() => made.document, { select: [made.id] });
            },
          },
    [readOnly, design.moving, place, document, placed, hand],
  );
  const show = async (next: View) => {
    if (next === "free" && !document.layout?.[startOf(document)?.id ?? ""]) {
      const { arranged } = await import("../drawing/arrange");
      setArrangement(arranged(document));
    }
    setView(next);
  };
  const arrange = async () => {
    const { arranged } = await import("../drawing/arrange");
    hand.change((now) => withArrangement(now, arranged(now)));
    setTimeout(() => void canvas?.fitView({ padding: 0.08, maxZoom: 1, duration: 200 }), 60);
  };
  const problem = (node: string | null) => (node ? focus(node) : hand.select(["flow"]));
  useKeys({
    undo: hand.undo,
    redo: hand.redo,
    copy: () => copy(steps),
    paste: () => paste(null),
    remove: () => remove(design.selected),
    find: () => window.document.getElementById(SEARCH)?.focus(),
    save: () => void saver.flush().catch(() => undefined),
    escape: () => {
      setGap(null);
      if (design.moving) hand.move(null);
      else hand.select([]);
    },
  });
  const openPublish = () => {
    saver
      .flush()
      .then(() => setPublishing(true))
      .catch(toast.failed);
  };
  const theirs = async () => {
    const fresh = await api.get("/api/flows/{key}/draft", { path: { key: flow.key } });
    saver.adopt(fresh);
    hand.reset(fresh.document as unknown as FlowDocument);
  };
  return (
    <DesignContext value={tools}>
      <div className="fd">
        <TopBar
          document={document}
          back={`/console/flows/${flow.key}`}
          view={view}
          onView={(next) => void show(next)}
          saving={saver.saving}
          dirty={saver.dirty}
          check={check}
          readOnly={readOnly}
          canUndo={design.history.past.length > 0}
          canRedo={design.history.future.length > 0}
          onUndo={hand.undo}
          onRedo={hand.redo}
          onSettings={() => hand.select(["flow"])}
          onArrange={() => void arrange()}
          onFind={focus}
          onFound={setWanted}
          onProblem={problem}
          onTry={readOnly ? null : () => setTrying(true)}
          onPublish={openPublish}
        />
        {saver.saving.state === "conflict" ? (
          <div className="fd-banner" role="alert">
            <span>{saver.saving.problem.message}</span>
            <Button size="small" onClick={() => void theirs()}>
              {t("takeTheirs")}
            </Button>
            <Button size="small" onClick={() => void saver.force()}>
              {t("keepMine")}
            </Button>
          </div>
        ) : null}
        {draft.behind ? (
          <div className="fd-banner" role="status">
            <span>{t("behind", { base: draft.base_number ?? 0 })}</span>
            <Link to={`/console/flows/${flow.key}/compare?left=current&right=draft`}>{t("compareNow")}</Link>
          </div>
        ) : null}
        {design.moving ? (
          <div className="fd-banner fd-banner-plain" role="status">
            <span>{t("placing")}</span>
            <Button size="small" onClick={() => hand.move(null)}>
              {t("cancel")}
            </Button>
          </div>
        ) : null}
        <div className="fd-body">
          {view === "free" && !readOnly ? (
            <Palette
              kind={DRAGGED}
              onAdd={(type) => {
                const middle = canvas?.screenToFlowPosition({ x: innerWidth / 2, y: innerHeight / 2 });
                editing?.onDrop(type, middle ?? { x: 0, y: 0 });
              }}
            />
          ) : null}
          <div className="fd-canvas">
            <Suspense fallback={<Skeleton rows={6} />}>
              <FlowCanvas
                document={view === "free" ? placed : document}
                view={view}
                names={names}
                faults={check.faults}
                found={found}
                marks={tried?.marks ?? null}
                passed={tried?.passed ?? null}
                ways={tried?.ways ?? null}
                selected={design.selected}
                onSelect={hand.select}
                editing={editing}
                map={view === "free" || document.nodes.length > 14}
                onReady={setCanvas}
              />
            </Suspense>
          </div>
          {trying ? (
            <TrialPanel onShown={setTried} onFocus={focus} onClose={() => setTrying(false)} />
          ) : (
            <Panel
              selected={design.selected}
              faults={check.faults}
              copy={(id) => copy([id])}
              move={(id) => {
                setView("list");
                hand.move(id);
              }}
              remove={(id) => remove([id])}
              close={() => hand.select([])}
            />
          )}
        </div>
        {gap ? (
          <InsertMenu
            at={gap.at}
            piece={piece}
            onPick={(type) => insert(gap.gap, type)}
            onPaste={() => {
              paste(gap.gap);
              setGap(null);
            }}
            onClose={closeMenu}
          />
        ) : null}
        {publishing ? (
          <PublishDrawer
            flow={flow}
            document={document}
            check={check}
            flush={saver.flush}
            onClose={() => setPublishing(false)}
            onProblem={problem}
            onDone={() => {
              saver.published();
              void navigate(`/console/flows/${flow.key}`);
            }}
          />
        ) : null}
      </div>
    </DesignContext>
  );
}

/** While drawing, the console's menu and bar step aside. */
function useWholeWindow(): void {
  useEffect(() => {
    window.document.body.classList.add("fd-whole");
    return () => window.document.body.classList.remove("fd-whole");
  }, []);
}

function useFound(document: FlowDocument, wanted: string): ReadonlySet<string> | null {
  return useMemo(() => {
    const text = wanted.trim().toLowerCase();
    if (!text) return null;
    const hits = document.nodes.filter((node) =>
      `${node.name.zh} ${node.name.en} ${node.id}`.toLowerCase().includes(text),
    );
    return new Set(hits.map((node) => node.id));
  }, [document, wanted]);
}
