import { Alert, Button, Input, Modal, Typography } from "antd";
import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Facts, Section } from "@/kit/desk/PageFrame";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { kitTexts } from "@/kit/kitTexts";
import { Status } from "@/kit/marks";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { texts } from "../texts";
import type { StaffDetail } from "../types";

interface Fresh {
  username: string;
  password: string;
}

/** Whether and how somebody signs in; a fresh password is shown once. */
export function Login({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const refresh = useRefresh();
  const [giving, setGiving] = useState(false);
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const path = { staff_id: staff.id };
  const manage = may("org.login_write") && !staff.archived_at;

  const reset = async () => {
    const sure = await confirm({
      title: t("resetPassword"),
      content: t("resetContent", { name: staff.name }),
      action: t("resetPassword"),
      danger: true,
    });
    if (sure) await api.post("/api/org/staff/{staff_id}/password", { path }).then(setFresh, toast.failed);
  };

  return (
    <Section title={t("login")}>
      {staff.username ? (
        <Facts
          items={[
            { label: t("username"), value: staff.username },
            {
              label: t("state"),
              value: (
                <Status tone={staff.login_active ? "good" : "neutral"}>
                  {staff.login_active ? t("active") : t("blocked")}
                </Status>
              ),
            },
            { label: t("lastLogin"), value: staff.last_login ? <Time at={staff.last_login} /> : t("never") },
          ]}
        />
      ) : (
        <p className="sn-soft" style={{ margin: 0 }}>
          {t("noLogin")}
        </p>
      )}
      {manage ? (
        <div style={{ marginTop: 12 }}>
          {staff.username ? (
            <Button size="small" onClick={() => void reset()}>
              {t("resetPassword")}
            </Button>
          ) : (
            <Button size="small" onClick={() => setGiving(true)}>
              {t("giveLogin")}
            </Button>
          )}
        </div>
      ) : null}
      <FormDrawer<{ username: string }>
        open={giving}
        onClose={() => setGiving(false)}
        title={`${t("giveLogin")} · ${staff.name}`}
        submitText={t("giveLogin")}
        onSubmit={(values, key) =>
          api.post("/api/org/staff/{staff_id}/login", { path, body: values, key }).then(setFresh)
        }
        onDone={() => void refresh("/api/org/staff")}
      >
        <Field name="username" label={t("username")} required hint={t("usernameHint")}>
          <Input maxLength={60} autoComplete="off" autoFocus />
        </Field>
      </FormDrawer>
      <Modal
        open={fresh !== null}
        onCancel={() => setFresh(null)}
        title={t("oneTime")}
        footer={<Button onClick={() => setFresh(null)}>{kitTexts.t("close")}</Button>}
      >
        {fresh ? (
          <div className="sn-stack">
            <Alert type="warning" showIcon title={t("oneTimeHint", { name: staff.name })} />
            <Facts
              items={[
                { label: t("username"), value: fresh.username },
                {
                  label: t("oneTime"),
                  value: (
                    <Typography.Text
                      code
                      copyable={{ tooltips: [t("copy"), t("copied")] }}
                      style={{ fontSize: 16 }}
                    >
                      {fresh.password}
                    </Typography.Text>
                  ),
                },
              ]}
            />
          </div>
        ) : null}
      </Modal>
    </Section>
  );
}
