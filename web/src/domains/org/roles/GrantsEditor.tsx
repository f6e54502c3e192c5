import { Checkbox, Input, Segmented } from "antd";
import { type ReactNode, useState } from "react";

import { Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { texts } from "../texts";
import type { Permission } from "../types";
import { domainName } from "./domains";

export type Scope = "own" | "unit" | "subtree" | "all";

export interface GrantValue {
  permission: string;
  scope: Scope;
}

const SCOPES = ["none", "own", "unit", "subtree", "all"] as const;

export interface GrantsEditorProps {
  value?: readonly GrantValue[];
  onChange?: (grants: GrantValue[]) => void;
  readOnly?: boolean;
}

/** Every permission with how far it reaches; grouped by domain. A field of a form, or to look at. */
export function GrantsEditor({ value = [], onChange, readOnly }: GrantsEditorProps): ReactNode {
  const t = texts.use();
  const permissions = useRead("/api/org/permissions");
  const [wanted, setWanted] = useState("");
  const [granted, setGranted] = useState(readOnly ?? false);
  const held = new Map(value.map((grant) => [grant.permission, grant.scope]));
  const set = (permission: string, scope: Scope | "none") => {
    const others = value.filter((grant) => grant.permission !== permission);
    onChange?.(scope === "none" ? others : [...others, { permission, scope }]);
  };
  return (
    <div>
      <div className="sn-filters">
        <Input.Search
          allowClear
          style={{ width: 220 }}
          aria-label={t("findPermission")}
          placeholder={t("findPermission")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Checkbox checked={granted} onChange={(event) => setGranted(event.target.checked)}>
          {t("onlyGranted")}
        </Checkbox>
      </div>
      <Loaded query={permissions} rows={8}>
        {(all) => (
          <table className="sn-grants">
            {groups(all, (one) => matches(one, wanted) && (!granted || held.has(one.code))).map(
              ([domain, rows]) => (
                <tbody key={domain}>
                  <tr>
                    <th colSpan={2} scope="rowgroup">
                      {domainName(domain)}
                    </th>
                  </tr>
                  {rows.map((one) => (
                    <Row
                      key={one.code}
                      one={one}
                      scope={held.get(one.code) ?? "none"}
                      onSet={readOnly ? undefined : set}
                    />
                  ))}
                </tbody>
              ),
            )}
          </table>
        )}
      </Loaded>
    </div>
  );
}

interface RowProps {
  one: Permission;
  scope: Scope | "none";
  onSet?: (permission: string, scope: Scope | "none") => void;
}

function Row({ one, scope, onSet }: RowProps): ReactNode {
  const t = texts.use();
  return (
    <tr>
      <td>
        {one.name} {one.sensitive ? <Status tone="warn">{t("sensitive")}</Status> : null}
      </td>
      <td>
        {onSet ? (
          <Segmented
            size="small"
            aria-label={one.name}
            value={scope}
            onChange={(next) => onSet(one.code, next)}
            options={SCOPES.map((value) => ({ value, label: t(`scope_${value}`) }))}
          />
        ) : (
          t(`scope_${scope}`)
        )}
      </td>
    </tr>
  );
}

const matches = (one: Permission, wanted: string): boolean =>
  !wanted || one.name.toLowerCase().includes(wanted.toLowerCase()) || one.code.includes(wanted.toLowerCase());

function groups(all: readonly Permission[], keep: (one: Permission) => boolean): [string, Permission[]][] {
  const found = new Map<string, Permission[]>();
  for (const one of all.filter(keep)) found.set(one.domain, [...(found.get(one.domain) ?? []), one]);
  return [...found];
}
