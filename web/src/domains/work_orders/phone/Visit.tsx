import { type ReactNode, useState } from "react";

import { newKey } from "@/kit/api";
import { sendOrKeep } from "@/kit/offline";
import { Card, PhonePage, PrimaryButton, phoneToast } from "@/kit/phone/PhoneFrame";
import { Problem } from "@/kit/problem";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { phoneTexts } from "../texts";
import type { OrderDetail } from "../types";
import { say } from "../words";
import { type Answers, type FormField, FieldInput } from "./FieldInput";

interface FlowDocument {
  nodes: { id: string; form?: string | null }[];
  forms: { key: string; fields: FormField[] }[];
}

/** The work on site: the step's own form, as its flow says. */
export function Visit(props: { order: OrderDetail; onDone: () => void; children: ReactNode }): ReactNode {
  const t = phoneTexts.use();
  const { order } = props;
  const version = order.run?.version_id ?? 0;
  const document = useRead("/api/flow-versions/{version_id}/document", { path: { version_id: version } });
  if (!document.data) {
    return (
      <PhonePage title={t("order")} back="/m">
        {props.children}
        <Loaded query={document}>{() => null}</Loaded>
      </PhonePage>
    );
  }
  const flow = document.data as unknown as FlowDocument;
  const form = flow.nodes.find((node) => node.id === "visit")?.form;
  const fields = flow.forms.find((one) => one.key === form)?.fields ?? [];
  return <VisitForm {...props} fields={fields} />;
}

interface FormProps {
  order: OrderDetail;
  fields: readonly FormField[];
  onDone: () => void;
  children: ReactNode;
}

function VisitForm({ order, fields, onDone, children }: FormProps): ReactNode {
  const t = phoneTexts.use();
  const [answers, setAnswers] = useState<Answers>({});
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [key] = useState(newKey);
  const guide = order.run?.steps.findLast((step) => step.node === "visit")?.guide;

  const complete = () => {
    setBusy(true);
    setWrong({});
    sendOrKeep({
      path: "/api/work-orders/{order_id}/complete",
      places: { order_id: order.id },
      body: { answers },
      label: t("complete"),
      key: `${key}-${Object.keys(answers).length}-${JSON.stringify(answers).length}`,
    })
      .then(
        (how) => {
          phoneToast.done(how === "sent" ? t("completed") : t("kept"));
          onDone();
        },
        (error: unknown) => {
          if (error instanceof Problem && error.errors.length > 0) {
            setWrong(
              Object.fromEntries(
                error.errors.map((one) => [one.field.replace(/^answers\./, ""), one.message]),
              ),
            );
          }
          phoneToast.failed(error);
        },
      )
      .finally(() => setBusy(false));
  };

  return (
    <PhonePage
      title={t("order")}
      back="/m"
      footer={
        <PrimaryButton busy={busy} onClick={complete}>
          {t("complete")}
        </PrimaryButton>
      }
    >
      {children}
      {guide ? (
        <Card title={t("guide")}>
          <p className="sn-soft">{say(guide)}</p>
        </Card>
      ) : null}
      <Card>
        {fields.map((field) => (
          <FieldInput
            key={field.key}
            field={field}
            wrong={wrong[field.key]}
            onChange={(value) => setAnswers((all) => ({ ...all, [field.key]: value }))}
          />
        ))}
      </Card>
    </PhonePage>
  );
}
