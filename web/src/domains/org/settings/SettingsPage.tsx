import { Button } from "antd";
import { type ReactNode } from "react";
import { Link, useSearchParams } from "react-router";

import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";
import { useUnit } from "@/kit/unit";

import "../org.css";
import { texts } from "../texts";
import type { Setting } from "../types";
import { UnitPick } from "../units/UnitPick";
import { SettingRow } from "./SettingRow";

export default function SettingsPage(): ReactNode {
  const t = texts.use();
  const { units } = useSession();
  const chosen = useUnit();
  const [search, setSearch] = useSearchParams();
  const unitId = Number(search.get("unit")) || chosen.id || units[0]?.id || 0;
  const settings = useRead("/api/org/settings", { query: { unit_id: unitId }, enabled: unitId > 0 });
  return (
    <PageFrame
      title={t("settings")}
      purpose={t("settingsPurpose")}
      action={
        <Link to={`/console/settings/compare?under=${unitId}`}>
          <Button>{t("compareTitle")}</Button>
        </Link>
      }
    >
      <div className="sn-filters" style={{ marginBottom: 16 }}>
        <label htmlFor="settings-unit">{t("forUnit")}</label>
        <UnitPick
          id="settings-unit"
          aria-label={t("forUnit")}
          style={{ width: 260 }}
          value={unitId}
          onChange={(id) => setSearch({ unit: String(id) }, { replace: true })}
        />
      </div>
      <Loaded query={settings} rows={8}>
        {(all) =>
          all.length === 0 ? (
            <Section>
              <Empty />
            </Section>
          ) : (
            groups(all).map(([group, rows]) => (
              <Section key={group} title={group} flush>
                {rows.map((setting) => (
                  <SettingRow key={setting.key} setting={setting} unitId={unitId} />
                ))}
              </Section>
            ))
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function groups(all: readonly Setting[]): [string, Setting[]][] {
  const found = new Map<string, Setting[]>();
  for (const one of all) found.set(one.group, [...(found.get(one.group) ?? []), one]);
  return [...found];
}
