import { Button, Drawer } from "antd";
import { type ReactNode } from "react";

import { useToast } from "@/kit/desk/feedback";
import { useRead, useSend } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";

import { Candidates } from "./Offers";
import { texts } from "./texts";
import type { OrderDetail } from "./types";

/** Choosing by hand, with the same figures the house decides by. */
export function DispatchDrawer(props: { order: OrderDetail; open: boolean; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const path = { order_id: props.order.id };
  const candidates = useRead("/api/work-orders/{order_id}/candidates", { path, enabled: props.open });
  const dispatch = useSend("post", "/api/work-orders/{order_id}/dispatch", { refresh: ["/api/work-orders"] });
  const choose = (staffId: number, name: string) =>
    dispatch.mutate(
      { path, body: { staff_id: staffId } },
      {
        onSuccess: () => {
          toast.done(t("dispatched", { name }));
          props.onClose();
        },
        onError: toast.failed,
      },
    );
  return (
    <Drawer open={props.open} onClose={props.onClose} size={820} title={t("dispatchTitle")} destroyOnHidden>
      <p className="sn-soft">{t("dispatchHint")}</p>
      <Loaded query={candidates}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("noCandidates")} hint={t("noCandidatesHint")} />
          ) : (
            <Candidates
              rows={rows}
              action={(row) => (
                <Button
                  size="small"
                  loading={dispatch.isPending}
                  onClick={() => choose(row.staff_id, row.name)}
                >
                  {t("choose")}
                </Button>
              )}
            />
          )
        }
      </Loaded>
    </Drawer>
  );
}
