import { Button, Dropdown, Input, Modal, Space } from "antd";
import { type ReactNode, useState } from "react";

import { useToast } from "@/kit/desk/feedback";
import { useSend } from "@/kit/query";

import { DispatchDrawer } from "./DispatchDrawer";
import { texts } from "./texts";
import type { OrderDetail } from "./types";

const DISPATCHABLE = new Set(["dispatch", "by_hand", "accept"]);

/** What may be done with the order from the desk. */
export function Actions({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const [dispatching, setDispatching] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const urge = useSend("post", "/api/work-orders/{order_id}/urge", { refresh: ["/api/work-orders"] });
  const open = (order.run?.steps ?? []).filter((step) => step.status === "open");
  const waited = open.some((step) =>
    step.works.some((work) => work.status === "open" && work.staff_id !== null),
  );
  const dispatchable = order.may_dispatch && open.some((step) => DISPATCHABLE.has(step.node));
  return (
    <Space>
      {order.may_cancel ? (
        <Dropdown
          menu={{
            items: [{ key: "cancel", danger: true, label: t("cancel"), onClick: () => setCancelling(true) }],
          }}
        >
          <Button aria-label={t("cancel")}>⋯</Button>
        </Dropdown>
      ) : null}
      {waited ? (
        <Button
          loading={urge.isPending}
          onClick={() =>
            urge.mutate(
              { path: { order_id: order.id } },
              { onSuccess: () => toast.done(t("urged")), onError: toast.failed },
            )
          }
        >
          {t("urge")}
        </Button>
      ) : null}
      {dispatchable ? (
        <Button type="primary" onClick={() => setDispatching(true)}>
          {t("dispatch")}
        </Button>
      ) : null}
      <DispatchDrawer order={order} open={dispatching} onClose={() => setDispatching(false)} />
      <CancelModal order={order} open={cancelling} onClose={() => setCancelling(false)} />
    </Space>
  );
}

function CancelModal(props: { order: OrderDetail; open: boolean; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const cancel = useSend("post", "/api/work-orders/{order_id}/cancel", { refresh: ["/api/work-orders"] });
  return (
    <Modal
      open={props.open}
      title={t("cancel")}
      okText={t("cancel")}
      okButtonProps={{ danger: true, disabled: !reason.trim(), loading: cancel.isPending }}
      onCancel={props.onClose}
      onOk={() =>
        cancel.mutate(
          { path: { order_id: props.order.id }, body: { reason } },
          {
            onSuccess: () => {
              toast.done(t("cancelledNow"));
              props.onClose();
            },
            onError: toast.failed,
          },
        )
      }
    >
      <p>{t("cancelHint")}</p>
      <Input.TextArea
        aria-label={t("cancelReason")}
        placeholder={t("cancelReason")}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
