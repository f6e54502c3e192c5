import { Button, Input, Tree } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useSearchParams } from "react-router";

import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";

import "../org.css";
import { texts } from "../texts";
import type { UnitRow } from "../types";
import { UnitForm } from "./UnitForm";
import { UnitPanel } from "./UnitPanel";
import { type Branch, branches, found, idsIn } from "./tree";

export default function UnitsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const tree = useRead("/api/org/units/tree");
  const chosen = Number(search.get("open")) || tree.data?.[0]?.id || null;
  const choose = (id: number) => setSearch({ open: String(id) }, { replace: true });
  const [creating, setCreating] = useState(false);
  return (
    <PageFrame
      title={t("units")}
      purpose={t("unitsPurpose")}
      action={
        may("org.unit_write") && chosen ? (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t("addUnit")}
          </Button>
        ) : null
      }
    >
      <div className="sn-units">
        <Section flush>
          <Loaded query={tree} rows={8}>
            {(rows) => <UnitTree rows={rows} chosen={chosen} onChoose={choose} />}
          </Loaded>
        </Section>
        {chosen ? (
          <UnitPanel id={chosen} onChoose={choose} />
        ) : (
          <Section>{<Empty title={t("pickUnit")} />}</Section>
        )}
      </div>
      {chosen ? (
        <UnitForm open={creating} parentId={chosen} onClose={() => setCreating(false)} onCreated={choose} />
      ) : null}
    </PageFrame>
  );
}

interface UnitTreeProps {
  rows: readonly UnitRow[];
  chosen: number | null;
  onChoose: (id: number) => void;
}

function UnitTree({ rows, chosen, onChoose }: UnitTreeProps): ReactNode {
  const t = texts.use();
  const [wanted, setWanted] = useState("");
  const all = useMemo(() => branches(rows), [rows]);
  const shown = useMemo(() => found(all, wanted), [all, wanted]);
  const [open, setOpen] = useState<number[]>(() => rows.filter((row) => row.depth < 3).map((row) => row.id));
  return (
    <>
      <div className="sn-units-find">
        <Input.Search
          allowClear
          aria-label={t("findUnit")}
          placeholder={t("findUnit")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      {shown.length === 0 ? <Empty /> : null}
      <Tree
        blockNode
        className="sn-units-tree"
        treeData={nodes(shown)}
        expandedKeys={wanted ? idsIn(shown) : open}
        onExpand={(keys) => setOpen(keys.map(Number))}
        selectedKeys={chosen ? [chosen] : []}
        onSelect={([key]) => key !== undefined && onChoose(Number(key))}
      />
    </>
  );
}

interface Node {
  key: number;
  title: ReactNode;
  children: Node[];
}

const nodes = (tree: readonly Branch<UnitRow>[]): Node[] =>
  tree.map(({ row, children }) => ({
    key: row.id,
    title: (
      <span className="sn-units-node">
        <span>{row.name}</span>
        <span className="sn-faint">{row.staff || ""}</span>
      </span>
    ),
    children: nodes(children),
  }));
