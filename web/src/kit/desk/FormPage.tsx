import { Button, Form, type FormInstance } from "antd";
import { type ReactNode } from "react";

import { kitTexts } from "../kitTexts";
import { PageFrame, Section } from "./PageFrame";
import { type Submit, useLeaveGuard, useSubmission } from "./form";

export interface FormPageProps<V> {
  title: ReactNode;
  purpose?: ReactNode;
  back?: string;
  submitText?: string;
  initialValues?: Partial<V>;
  onSubmit: Submit<V>;
  onDone?: () => void;
  form?: FormInstance<V>;
  children: ReactNode;
}

/** A form as a page of its own: the bar with the buttons stays in sight. */
export function FormPage<V extends object>(props: FormPageProps<V>): ReactNode {
  const [own] = Form.useForm<V>();
  const form = props.form ?? own;
  const t = kitTexts.use();
  const submission = useSubmission(form, props.onSubmit, props.onDone);
  const guard = useLeaveGuard(submission.dirty);
  return (
    <PageFrame title={props.title} purpose={props.purpose} back={props.back}>
      <Section>
        {submission.alert}
        <Form<V>
          form={form}
          layout="vertical"
          className="sn-form"
          initialValues={props.initialValues}
          onValuesChange={submission.touch}
          onFinish={(values) => void submission.submit(values)}
          scrollToFirstError={{ focus: true }}
        >
          {props.children}
        </Form>
      </Section>
      <div className="sn-form-bar" role={guard.asking ? "alert" : undefined}>
        {guard.asking || submission.dirty ? <span>{t("unsaved")}</span> : <span />}
        {guard.asking ? (
          <>
            <Button danger onClick={guard.leave}>
              {t("discard")}
            </Button>
            <Button type="primary" onClick={guard.stay}>
              {t("keepEditing")}
            </Button>
          </>
        ) : (
          <Button type="primary" loading={submission.busy} onClick={() => form.submit()}>
            {props.submitText ?? t("save")}
          </Button>
        )}
      </div>
    </PageFrame>
  );
}
