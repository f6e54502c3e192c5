import { Switch } from "antd";
import { type ReactNode } from "react";

import { useToast } from "@/kit/desk/feedback";
import { useRead, useSend } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { texts } from "./texts";

/** How each kind of notice arrives. */
export function Preferences(): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const preferences = useRead("/api/notices/preferences");
  const change = useSend("put", "/api/notices/preferences", { refresh: ["/api/notices/preferences"] });
  return (
    <Loaded query={preferences}>
      {(all) =>
        all.length === 0 ? (
          <p className="sn-soft">{t("noKinds")}</p>
        ) : (
          <>
            <p className="sn-soft" style={{ marginTop: 0 }}>
              {t("preferencesHint")}
            </p>
            <table className="sn-plain-table">
              <thead>
                <tr>
                  <th>{t("kind")}</th>
                  <th>{t("bell")}</th>
                  <th>{t("wecom")}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <tr key={one.kind}>
                    <td>{one.name}</td>
                    {(["bell", "wecom"] as const).map((way) => (
                      <td key={way}>
                        <Switch
                          size="small"
                          checked={one[way]}
                          aria-label={`${one.name} · ${t(way)}`}
                          onChange={(on) =>
                            change.mutate(
                              { body: { kind: one.kind, bell: one.bell, wecom: one.wecom, [way]: on } },
                              { onError: toast.failed },
                            )
                          }
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )
      }
    </Loaded>
  );
}
