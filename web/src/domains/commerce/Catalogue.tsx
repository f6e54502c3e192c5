import { AutoComplete, Button, Input, InputNumber } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Money } from "@/kit/Money";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";

import { texts } from "./texts";

export type Item = Answer<"/api/products">["items"][number];

export interface ItemValues {
  code: string;
  name: string;
  category?: string;
  price: string;
  measure?: string;
}

export interface CatalogueProps {
  words: Record<"title" | "purpose" | "add" | "edit" | "archive" | "archived" | "none" | "noneHint", string>;
  path: "/api/products" | "/api/spare-parts";
  /** Who may change it. */
  manage: string;
  importer: string;
  create: (values: ItemValues, key: string) => Promise<unknown>;
  change: (id: number, values: ItemValues, key: string) => Promise<unknown>;
  archive: (id: number) => Promise<unknown>;
}

/** A part of the catalogue: its list, its form, its way in by spreadsheet. */
export function Catalogue(props: CatalogueProps): ReactNode {
  const { words, path, manage, importer } = props;
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const [edited, setEdited] = useState<Item | "new" | null>(null);
  const manages = may(manage);
  const categories = useRead(`${path}/categories`);
  const known = ((categories.data ?? []) as string[]).map((value) => ({ value, label: value }));
  const archive = async (row: Item) => {
    try {
      await props.archive(row.id);
      toast.done(words.archived);
      await refresh(path);
    } catch (problem) {
      toast.failed(problem);
    }
  };
  const add = manages ? (
    <Button type="primary" onClick={() => setEdited("new")}>
      {words.add}
    </Button>
  ) : null;
  const item = edited === "new" ? null : edited;
  return (
    <>
      <TablePage<Item>
        title={words.title}
        purpose={words.purpose}
        path={path}
        columns={columnsOf({ t, words, manages, onEdit: setEdited, onArchive: (row) => void archive(row) })}
        filters={[
          { kind: "search", name: "text", label: t("searchProducts") },
          { kind: "select", name: "category", label: t("category"), options: known },
        ]}
        action={
          <>
            {manages ? (
              <Link to={`/console/imports/new?kind=${importer}`}>
                <Button>{t("import")}</Button>
              </Link>
            ) : null}
            {add}
          </>
        }
        empty={{ title: words.none, hint: words.noneHint, action: add }}
      />
      <FormDrawer<ItemValues>
        open={edited !== null}
        onClose={() => setEdited(null)}
        title={item ? words.edit : words.add}
        initialValues={
          item
            ? {
                code: item.code,
                name: item.name,
                category: item.category,
                price: item.price,
                measure: item.measure,
              }
            : {}
        }
        onSubmit={(values, key) => (item ? props.change(item.id, values, key) : props.create(values, key))}
        onDone={() => void refresh(path)}
      >
        <Field name="code" label={t("code")} required>
          <Input maxLength={40} />
        </Field>
        <Field name="name" label={t("name")} required>
          <Input maxLength={120} />
        </Field>
        <Field name="category" label={t("category")}>
          <AutoComplete options={known} maxLength={40} />
        </Field>
        <div className="sn-columns">
          <Field name="price" label={t("price")} required>
            <InputNumber<string> stringMode min="0" precision={2} prefix="¥" style={{ width: "100%" }} />
          </Field>
          <Field name="measure" label={t("measure")}>
            <Input maxLength={10} />
          </Field>
        </div>
      </FormDrawer>
    </>
  );
}

interface ColumnsOf {
  t: (key: "code" | "name" | "category" | "price" | "measure") => string;
  words: CatalogueProps["words"];
  manages: boolean;
  onEdit: (row: Item) => void;
  onArchive: (row: Item) => void;
}

function columnsOf({ t, words, manages, onEdit, onArchive }: ColumnsOf): ColumnSpec<Item>[] {
  return [
    { key: "code", title: t("code"), sort: true, width: 140 },
    { key: "name", title: t("name"), sort: true, fixed: true },
    { key: "category", title: t("category") },
    {
      key: "price",
      title: t("price"),
      sort: true,
      align: "right",
      render: (row) => <Money amount={row.price} />,
    },
    { key: "measure", title: t("measure"), width: 96, render: (row) => row.measure || "—" },
    ...(manages
      ? [
          {
            key: "actions",
            title: "",
            width: 160,
            render: (row: Item) => (
              <>
                <Button type="link" size="small" onClick={() => onEdit(row)}>
                  {words.edit}
                </Button>
                <Button type="link" size="small" onClick={() => onArchive(row)}>
                  {words.archive}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
}
