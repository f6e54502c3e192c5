import { Button, Input, InputNumber } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { type Answer, api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Money } from "@/kit/Money";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";

import { texts } from "./texts";

type Row = Answer<"/api/products">["items"][number];

interface Values {
  code: string;
  name: string;
  category?: string;
  price: string;
}

export default function ProductsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const [edited, setEdited] = useState<Row | "new" | null>(null);
  const manages = may("product.manage");
  const archive = async (row: Row) => {
    try {
      await api.delete("/api/products/{product_id}", { path: { product_id: row.id } });
      toast.done(t("archived", { name: row.name }));
      await refresh("/api/products");
    } catch (problem) {
      toast.failed(problem);
    }
  };
  const columns: ColumnSpec<Row>[] = [
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
    ...(manages
      ? [
          {
            key: "actions",
            title: "",
            width: 160,
            render: (row: Row) => (
              <>
                <Button type="link" size="small" onClick={() => setEdited(row)}>
                  {t("editProduct")}
                </Button>
                <Button type="link" size="small" onClick={() => void archive(row)}>
                  {t("archive")}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
  const create = manages ? (
    <Button type="primary" onClick={() => setEdited("new")}>
      {t("addProduct")}
    </Button>
  ) : null;
  const product = edited === "new" ? null : edited;
  return (
    <>
      <TablePage<Row>
        title={t("products")}
        purpose={t("productsPurpose")}
        path="/api/products"
        columns={columns}
        filters={[{ kind: "search", name: "text", label: t("searchProducts") }]}
        action={
          <>
            {manages ? (
              <Link to="/console/imports?kind=products">
                <Button>{t("import")}</Button>
              </Link>
            ) : null}
            {create}
          </>
        }
        empty={{ title: t("noProducts"), hint: t("noProductsHint"), action: create }}
      />
      <FormDrawer<Values>
        open={edited !== null}
        onClose={() => setEdited(null)}
        title={product ? t("editProduct") : t("addProduct")}
        initialValues={
          product
            ? { code: product.code, name: product.name, category: product.category, price: product.price }
            : {}
        }
        onSubmit={(values, key) =>
          product
            ? api.put("/api/products/{product_id}", {
                path: { product_id: product.id },
                body: values as never,
                key,
              })
            : api.post("/api/products", { body: values as never, key })
        }
        onDone={() => void refresh("/api/products")}
      >
        <Field name="code" label={t("code")} required>
          <Input maxLength={40} />
        </Field>
        <Field name="name" label={t("name")} required>
          <Input maxLength={120} />
        </Field>
        <Field name="category" label={t("category")}>
          <Input maxLength={40} />
        </Field>
        <Field name="price" label={t("price")} required>
          <InputNumber<string> stringMode min="0" precision={2} prefix="¥" style={{ width: "100%" }} />
        </Field>
      </FormDrawer>
    </>
  );
}
