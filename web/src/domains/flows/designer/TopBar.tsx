import { ArrowLeftOutlined, RedoOutlined, SettingOutlined, UndoOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Input, Popover, Segmented, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { Time } from "@/kit/Time";

import { texts as drawingTexts } from "../texts";
import { type FlowDocument, say } from "../types";
import { texts } from "./texts";
import type { Check } from "./useCheck";
import type { Saving } from "./useSaving";

/** Where Ctrl F leads. */
export const SEARCH = "flow-search";
export type View = "list" | "free";

interface Props {
  document: FlowDocument;
  back: string;
  view: View;
  onView: (view: View) => void;
  saving: Saving;
  dirty: boolean;
  check: Check;
  readOnly: boolean;
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onSettings: () => void;
  onArrange: () => void;
  onFind: (id: string) => void;
  onFound: (text: string) => void;
  onProblem: (node: string | null) => void;
  onTry: (() => void) | null;
  onPublish: () => void;
}

export function TopBar(props: Props): ReactNode {
  const t = texts.use();
  return (
    <header className="fd-top">
      <Link to={props.back} className="fd-back" aria-label={t("back")} title={t("back")}>
        <ArrowLeftOutlined />
      </Link>
      <div className="fd-title">
        <button type="button" className="fd-name" title={t("settings")} onClick={props.onSettings}>
          <h1>{say(props.document.name)}</h1>
          <SettingOutlined aria-hidden="true" />
        </button>
        {props.readOnly ? null : (
          <span className="fd-state" role="status">
            <SavingState saving={props.saving} dirty={props.dirty} />
          </span>
        )}
      </div>
      <div className="fd-tools">
        {props.readOnly ? null : (
          <>
            <Tooltip title={t("undo")}>
              <Button
                type="text"
                icon={<UndoOutlined />}
                aria-label={t("undo")}
                disabled={!props.canUndo}
                onClick={props.onUndo}
              />
            </Tooltip>
            <Tooltip title={t("redo")}>
              <Button
                type="text"
                icon={<RedoOutlined />}
                aria-label={t("redo")}
                disabled={!props.canRedo}
                onClick={props.onRedo}
              />
            </Tooltip>
          </>
        )}
        <Segmented<View>
          aria-label={t("viewAs")}
          value={props.view}
          options={[
            { value: "list", label: t("list") },
            { value: "free", label: t("free") },
          ]}
          onChange={props.onView}
        />
        {props.view === "free" && !props.readOnly ? (
          <Button onClick={props.onArrange}>{t("layout")}</Button>
        ) : null}
        <Find {...props} />
      </div>
      <div className="fd-actions">
        <Problems check={props.check} document={props.document} onProblem={props.onProblem} />
        {props.onTry ? <Button onClick={props.onTry}>{t("testFlow")}</Button> : null}
        {props.readOnly ? null : (
          <Button type="primary" onClick={props.onPublish}>
            {t("publish")}
          </Button>
        )}
      </div>
    </header>
  );
}

function SavingState({ saving, dirty }: { saving: Saving; dirty: boolean }): ReactNode {
  const t = texts.use();
  if (saving.state === "saving") return t("saving");
  if (saving.state === "failed") return <span className="fd-wrong">{t("saveFailed")}</span>;
  if (dirty) return t("unsaved");
  if (saving.state === "saved") {
    return (
      <>
        {t("saved")} · <Time at={saving.at} />
      </>
    );
  }
  return t("nothingYet");
}

function Find({ document, onFind, onFound }: Props): ReactNode {
  const t = texts.use();
  const d = drawingTexts.use();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const options = document.nodes
    .filter((node) => !wanted || `${node.name.zh} ${node.name.en} ${node.id}`.toLowerCase().includes(wanted))
    .slice(0, 30)
    .map((node) => ({
      value: node.id,
      label: (
        <span className="fd-option">
          {say(node.name)} <span className="sn-faint">{d(`type_${node.type}`)}</span>
        </span>
      ),
    }));
  return (
    <AutoComplete
      className="fd-find"
      value={text}
      options={options}
      notFoundContent={t("findNone")}
      onChange={(next: string) => {
        setText(next);
        onFound(next);
      }}
      onSelect={(id: string) => {
        setText("");
        onFound("");
        onFind(id);
      }}
    >
      <Input id={SEARCH} allowClear aria-label={t("find")} placeholder={t("find")} />
    </AutoComplete>
  );
}

function Problems({
  check,
  document,
  onProblem,
}: {
  check: Check;
  document: FlowDocument;
  onProblem: (node: string | null) => void;
}): ReactNode {
  const t = texts.use();
  const faults = check.problems.filter((problem) => !problem.warning).length;
  const hints = check.problems.length - faults;
  const words =
    faults > 0
      ? t("problems", { count: faults })
      : hints > 0
        ? t("warnings", { count: hints })
        : t("allWell");
  const list = (
    <ul className="fd-problems">
      {check.problems.map((problem, index) => {
        const node = document.nodes.find((one) => one.id === problem.node);
        return (
          <li key={index}>
            <button type="button" onClick={() => onProblem(problem.node ?? null)}>
              <b>{node ? say(node.name) : t("wholeFlow")}</b>
              <span>{say(problem.text)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={check.problems.length > 0 ? list : t("allWell")}
    >
      <Button
        className={faults > 0 ? "fd-faulty" : undefined}
        aria-label={`${t("check")}：${words}`}
        aria-busy={check.asking}
      >
        <span
          className={`fd-dot fd-dot-${faults > 0 ? "bad" : hints > 0 ? "warn" : "good"}`}
          aria-hidden="true"
        >
          {faults > 0 || hints > 0 ? "!" : "✓"}
        </span>
        {words}
      </Button>
    </Popover>
  );
}
