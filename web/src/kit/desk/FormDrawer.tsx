import { Button, Drawer, Form, type FormInstance } from "antd";
import { type ReactNode, useState } from "react";

import { kitTexts } from "../kitTexts";
import { type Submit, useLeaveGuard, useSubmission } from "./form";

export interface FormDrawerProps<V> {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** A verb: 新建, 派单. */
  submitText?: string;
  initialValues?: Partial<V>;
  /** Sends; throw what the client throws. The key makes a second press harmless. */
  onSubmit: Submit<V>;
  onDone?: () => void;
  width?: number;
  form?: FormInstance<V>;
  children: ReactNode;
}

/** A form at the right: errors beside fields, a guard before unsaved changes, done once however often it is sent. */
export function FormDrawer<V extends object>(props: FormDrawerProps<V>): ReactNode {
  const [own] = Form.useForm<V>();
  const form = props.form ?? own;
  return props.open ? <Inner {...props} form={form} /> : null;
}

function Inner<V extends object>(props: FormDrawerProps<V> & { form: FormInstance<V> }): ReactNode {
  const { form, onClose } = props;
  const t = kitTexts.use();
  const [asking, setAsking] = useState(false);
  const submission = useSubmission(form, props.onSubmit, () => {
    form.resetFields();
    props.onDone?.();
    onClose();
  });
  const guard = useLeaveGuard(submission.dirty);
  const drop = () => {
    setAsking(false);
    submission.clean();
    form.resetFields();
    if (guard.asking) guard.leave();
    onClose();
  };
  const stay = () => {
    setAsking(false);
    if (guard.asking) guard.stay();
  };
  return (
    <Drawer
      open
      size={props.width ?? 520}
      title={props.title}
      onClose={() => (submission.dirty ? setAsking(true) : drop())}
      footer={
        asking || guard.asking ? (
          <div className="sn-drawer-foot" role="alert">
            <span>{t("unsaved")}</span>
            <Button onClick={drop} danger>
              {t("discard")}
            </Button>
            <Button type="primary" onClick={stay}>
              {t("keepEditing")}
            </Button>
          </div>
        ) : (
          <div className="sn-drawer-foot">
            <span />
            <Button onClick={() => (submission.dirty ? setAsking(true) : drop())}>{t("cancel")}</Button>
            <Button type="primary" loading={submission.busy} onClick={() => form.submit()}>
              {props.submitText ?? t("save")}
            </Button>
          </div>
        )
      }
    >
      {submission.alert}
      <Form<V>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={props.initialValues}
        onValuesChange={submission.touch}
        onFinish={(values) => void submission.submit(values)}
        scrollToFirstError={{ focus: true }}
      >
        {props.children}
      </Form>
    </Drawer>
  );
}
