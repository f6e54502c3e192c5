import { Checkbox, Form, Input, Modal, Radio } from "antd";
import { type ReactNode, useState } from "react";

import { newKey } from "@/kit/api";
import { PickRemote } from "@/kit/desk/PickRemote";
import { useToast } from "@/kit/desk/feedback";
import { currentLocale } from "@/kit/i18n";

import { type Given, NOTHING, type StepOffer, complete, isDanger } from "./acts";
import { actTexts } from "./actTexts";
import type { Acting } from "./useAct";

interface Colleague {
  id: number;
  name: string;
  unit_name: string;
}

interface Props {
  offer: StepOffer;
  runId: number;
  stepId: number | null;
  acting: Acting;
  onClose: () => void;
}

/** Asks for what an act needs: a reason, a node, colleagues. */
export function ActDialog({ offer, runId, stepId, acting, onClose }: Props): ReactNode {
  const t = actTexts.use();
  const toast = useToast();
  const [given, setGiven] = useState<Given>(NOTHING);
  const [key] = useState(newKey);
  const name = currentLocale() === "en" ? offer.name.en : offer.name.zh;
  const set = (part: Partial<Given>) => setGiven((all) => ({ ...all, ...part }));
  const send = () =>
    acting.send(offer, stepId, given, key).then(() => {
      toast.done(`${name} · ${t("done")}`);
      onClose();
    }, toast.failed);
  return (
    <Modal
      open
      title={name}
      okText={name}
      okButtonProps={{ danger: isDanger(offer), disabled: !complete(offer, given), loading: acting.busy }}
      onCancel={onClose}
      onOk={() => void send()}
    >
      <Form layout="vertical" requiredMark={false}>
        {offer.nodes?.length ? <Nodes offer={offer} given={given} set={set} /> : null}
        {offer.people === "one" || offer.people === "many" ? (
          <Form.Item label={t(offer.people === "one" ? "person" : "people")}>
            <PickRemote<Colleague>
              path={`/api/flow-runs/${runId}/colleagues`}
              label={(one) => `${one.name} · ${one.unit_name}`}
              multiple={offer.people === "many"}
              value={offer.people === "many" ? given.people : given.people[0]}
              placeholder={t("find")}
              aria-label={t("people")}
              onChange={(value: number | number[]) => set({ people: Array.isArray(value) ? value : [value] })}
            />
          </Form.Item>
        ) : null}
        {offer.act === "add_sign" ? (
          <Form.Item label={t("where")}>
            <Radio.Group
              value={given.where}
              onChange={(event) => set({ where: event.target.value as Given["where"] })}
              options={[
                { value: "before", label: t("before") },
                { value: "after", label: t("after") },
              ]}
            />
          </Form.Item>
        ) : null}
        <Form.Item label={t(offer.reason ? "reason" : "reasonOptional")}>
          <Input.TextArea
            aria-label={t("reason")}
            rows={3}
            maxLength={500}
            value={given.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Nodes(props: { offer: StepOffer; given: Given; set: (part: Partial<Given>) => void }): ReactNode {
  const t = actTexts.use();
  const english = currentLocale() === "en";
  return (
    <>
      <Form.Item label={t("returnTo")}>
        <Radio.Group
          value={props.given.node}
          onChange={(event) => props.set({ node: event.target.value as string })}
          options={(props.offer.nodes ?? []).map((one) => ({
            value: one.node,
            label: english ? one.name.en : one.name.zh,
          }))}
        />
      </Form.Item>
      <Form.Item>
        <Checkbox checked={props.given.back} onChange={(event) => props.set({ back: event.target.checked })}>
          {t("back")}
        </Checkbox>
      </Form.Item>
    </>
  );
}
