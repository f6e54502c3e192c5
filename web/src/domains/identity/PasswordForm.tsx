import { Button, Form, Input } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { Field, useSubmission } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";
import { SESSION_PATH } from "@/kit/session";

import { texts } from "./texts";

interface Values {
  old: string;
  new: string;
  repeat: string;
}

/** One's own password; the server says what is wrong with it, beside the field. */
export function PasswordForm({ onDone }: { onDone: () => void }): ReactNode {
  const t = texts.use();
  const [form] = Form.useForm<Values>();
  const refresh = useRefresh();
  const submission = useSubmission<Values>(
    form,
    (values) => api.post("/api/session/password", { body: { old: values.old, new: values.new } }),
    () => {
      form.resetFields();
      void refresh(SESSION_PATH);
      onDone();
    },
  );
  return (
    <>
      {submission.alert}
      <Form<Values>
        form={form}
        layout="vertical"
        className="sn-form"
        onFinish={(values) => void submission.submit(values)}
      >
        <Field name="old" label={t("oldPassword")} required>
          <Input.Password autoComplete="current-password" />
        </Field>
        <Field name="new" label={t("newPassword")} required hint={t("newPasswordHint")}>
          <Input.Password autoComplete="new-password" />
        </Field>
        <Form.Item
          name="repeat"
          label={t("repeat")}
          dependencies={["new"]}
          rules={[
            { required: true, message: t("differs") },
            ({ getFieldValue }) => ({
              validator: (_, value: string) =>
                value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("differs"))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={submission.busy}>
          {t("changePassword")}
        </Button>
      </Form>
    </>
  );
}
