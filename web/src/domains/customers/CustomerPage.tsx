import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useParams } from "react-router";

import { PageFrame } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";

import { CustomerForm } from "./CustomerForm";
import { CustomerPanel } from "./CustomerPanel";
import { StageMark } from "./marks";
import { texts } from "./texts";

export default function CustomerPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const id = Number(useParams()["id"]);
  const [editing, setEditing] = useState(false);
  const customer = useRead("/api/customers/{customer_id}", { path: { customer_id: id } });
  return (
    <PageFrame
      title={customer.data?.name ?? t("title")}
      back="/console/customers"
      mark={customer.data ? <StageMark stage={customer.data.stage} /> : null}
      action={
        customer.data && may("customer.update") ? (
          <Button type="primary" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        ) : null
      }
    >
      <CustomerPanel id={id} wide />
      {customer.data ? (
        <CustomerForm open={editing} onClose={() => setEditing(false)} customer={customer.data} />
      ) : null}
    </PageFrame>
  );
}
