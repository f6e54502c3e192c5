import { Button, Select } from "antd";
import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { type Import } from "./marks";
import { texts } from "./texts";

/** Which column of the sheet is which; those that were recognised are filled in. */
export function Mapping({ run, onNext }: { run: Import; onNext: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const kinds = useRead("/api/imports/kinds");
  const [mapping, setMapping] = useState<Record<string, number>>(run.mapping);
  const [busy, setBusy] = useState(false);
  const set = (key: string, place: number) =>
    setMapping((all) => {
      const others = Object.fromEntries(
        Object.entries(all).filter(([name, taken]) => name !== key && taken !== place),
      );
      return place < 0 ? others : { ...others, [key]: place };
    });
  const next = async () => {
    setBusy(true);
    try {
      if (JSON.stringify(mapping) !== JSON.stringify(run.mapping)) {
        await api.put("/api/imports/{import_id}/mapping", { path: { import_id: run.id }, body: { mapping } });
        await refresh("/api/imports");
      }
      onNext();
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Loaded query={kinds}>
      {(all) => {
        const columns = all.find((kind) => kind.key === run.importer)?.columns ?? [];
        const missing = columns.some((column) => column.required && mapping[column.key] === undefined);
        return (
          <>
            <table className="sn-plain-table" style={{ maxWidth: 860 }}>
              <thead>
                <tr>
                  <th>{t("column")}</th>
                  <th style={{ width: 320 }}>{t("fromColumn")}</th>
                </tr>
              </thead>
              <tbody>
                {columns.map((column) => (
                  <tr key={column.key}>
                    <td>
                      {column.name} {column.required ? <Status tone="warn">{t("required")}</Status> : null}
                      <div className="sn-soft">
                        {[column.help, column.example && t("example", { value: column.example })]
                          .filter(Boolean)
                          .join(" ")}
                      </div>
                    </td>
                    <td>
                      <Select
                        style={{ width: "100%" }}
                        aria-label={column.name}
                        status={column.required && mapping[column.key] === undefined ? "error" : undefined}
                        value={mapping[column.key] ?? -1}
                        onChange={(place) => set(column.key, place)}
                        options={[
                          { value: -1, label: t("leaveOut") },
                          ...run.header.map((name, place) => ({
                            value: place,
                            label: name || `#${place + 1}`,
                          })),
                        ]}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Button
              type="primary"
              style={{ marginTop: 16 }}
              disabled={missing}
              loading={busy}
              onClick={() => void next()}
            >
              {t("next")}
            </Button>
          </>
        );
      }}
    </Loaded>
  );
}
