import { LockOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { listed } from "@/kit/i18n";
import { api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { Status } from "@/kit/marks";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { texts } from "../texts";
import type { Setting } from "../types";
import { BoundsForm } from "./BoundsForm";
import { ValueForm } from "./ValueForm";
import { type Value, boundsText, valueText } from "./values";

/** One setting for one unit: its value, who says so, how far it may go, and what can be done about it. */
export function SettingRow({ setting, unitId }: { setting: Setting; unitId: number }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const write = may("org.setting_write");
  return (
    <div className="sn-setting">
      <div>
        {setting.name}
        {setting.help ? <small>{setting.help}</small> : null}
      </div>
      <div className="sn-setting-value">{valueText(setting, setting.value)}</div>
      <div>
        <Origin setting={setting} />
        <small>
          {setting.may_vary ? null : <LockOutlined aria-hidden="true" />}{" "}
          {t("allowed", { range: boundsText(setting) })}
          {setting.bounds_from.length > 0 ? t("allowedBy", { names: listed(setting.bounds_from) }) : null}
        </small>
        {setting.bounds_below ? (
          <small>{t("boundsBelow", { range: boundsText(setting, setting.bounds_below) })}</small>
        ) : null}
      </div>
      <div className="sn-setting-tools">{write ? <Tools setting={setting} unitId={unitId} /> : null}</div>
    </div>
  );
}

function Origin({ setting }: { setting: Setting }): ReactNode {
  const t = texts.use();
  if (setting.set_here) {
    return (
      <>
        <Status tone="active">{t("originHere")}</Status>
        {setting.changed_by && setting.changed_at ? (
          <small>
            {t("changedBy", { name: setting.changed_by })} <Time at={setting.changed_at} />
          </small>
        ) : null}
      </>
    );
  }
  if (setting.set_by_unit_id === null) return <span className="sn-soft">{t("originDefault")}</span>;
  return (
    <span>
      {t("origin")}{" "}
      <Link to={`/console/settings?unit=${setting.set_by_unit_id}`}>{setting.set_by_unit_name}</Link>
    </span>
  );
}

function Tools({ setting, unitId }: { setting: Setting; unitId: number }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const [form, setForm] = useState<"value" | "bounds" | null>(null);
  const path = { key: setting.key };
  const again = () => refresh("/api/org/settings");
  const back = () =>
    api
      .put("/api/org/settings/{key}", { path, body: { unit_id: unitId, value: setting.value as Value } })
      .then(again);
  const follow = () =>
    api
      .post("/api/org/settings/{key}/clear", { path, body: { unit_id: unitId } })
      .then(again)
      .then(
        () => toast.done(t("followed", { value: valueText(setting, setting.inherited_value) }), back),
        toast.failed,
      );
  return (
    <>
      {setting.set_here ? (
        <Button size="small" type="text" onClick={() => void follow()}>
          {t("follow")}
        </Button>
      ) : null}
      {setting.may_vary ? (
        <Button size="small" onClick={() => setForm("value")}>
          {t("vary")}
        </Button>
      ) : null}
      <Button size="small" type="text" onClick={() => setForm("bounds")}>
        {t("boundBelow")}
      </Button>
      <ValueForm setting={setting} unitId={unitId} open={form === "value"} onClose={() => setForm(null)} />
      <BoundsForm setting={setting} unitId={unitId} open={form === "bounds"} onClose={() => setForm(null)} />
    </>
  );
}
