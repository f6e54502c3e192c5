import { type ReactNode, useState } from "react";

import { PhoneActs } from "@/domains/flows";
import { Card, PhonePage } from "@/kit/phone/PhoneFrame";
import { Problem } from "@/kit/problem";
import { useRead } from "@/kit/query";

import { phoneTexts } from "../texts";
import type { OrderDetail, StepView } from "../types";
import { say } from "../words";
import { type Answers, type FormField, FieldInput } from "./FieldInput";

interface FlowDocument {
  forms: { key: string; fields: FormField[] }[];
}

/** Acts that belong to the page of the order, not to the task. */
const ELSEWHERE = new Set(["urge", "assign", "skip", "retry"]);

/** Any step one is asked on: its form, its guide, and the buttons the flow offers. */
export function Task(props: {
  order: OrderDetail;
  step: StepView;
  onDone: () => void;
  children: ReactNode;
}): ReactNode {
  const t = phoneTexts.use();
  const { order, step } = props;
  const [answers, setAnswers] = useState<Answers>({});
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const version = order.run?.version_id ?? 0;
  const document = useRead("/api/flow-versions/{version_id}/document", {
    path: { version_id: version },
    enabled: Boolean(step.form),
  });
  const flow = document.data as unknown as FlowDocument | undefined;
  const fields = flow?.forms.find((one) => one.key === step.form)?.fields ?? [];
  const refused = (error: unknown) => {
    if (!(error instanceof Problem)) return;
    setWrong(
      Object.fromEntries(error.errors.map((one) => [one.field.replace(/^answers\./, ""), one.message])),
    );
  };
  return (
    <PhonePage
      title={say(step.name)}
      back="/m"
      footer={
        <PhoneActs
          runId={order.run?.id ?? 0}
          stepId={step.id}
          offers={(step.offers ?? []).filter((offer) => !ELSEWHERE.has(offer.act))}
          answers={answers as Record<string, unknown>}
          onDone={props.onDone}
          onRefused={refused}
        />
      }
    >
      {props.children}
      {step.guide ? (
        <Card title={t("guide")}>
          <p className="sn-soft">{say(step.guide)}</p>
        </Card>
      ) : null}
      {fields.length > 0 ? (
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
      ) : null}
    </PhonePage>
  );
}
