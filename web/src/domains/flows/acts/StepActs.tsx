import { Button, Dropdown, Space } from "antd";
import { type ReactNode, useState } from "react";

import { newKey } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { currentLocale } from "@/kit/i18n";

import { ActDialog } from "./ActDialog";
import { NOTHING, type StepOffer, isDanger, isMain, isPlain } from "./acts";
import { actTexts } from "./actTexts";
import { useAct } from "./useAct";

interface Props {
  runId: number;
  stepId: number | null;
  offers: readonly StepOffer[];
  /** Acts that the page offers in another way. */
  without?: readonly string[];
}

/** The buttons of a step (or, with `stepId` null, of the run): what the person who looks may do. */
export function StepActs({ runId, stepId, offers, without = [] }: Props): ReactNode {
  const t = actTexts.use();
  const toast = useToast();
  const acting = useAct(runId);
  const [asked, setAsked] = useState<StepOffer | null>(null);
  const english = currentLocale() === "en";
  const name = (offer: StepOffer) => (english ? offer.name.en : offer.name.zh);
  const shown = offers.filter((offer) => !without.includes(offer.act));
  const withForm = shown.some((offer) => offer.form);
  const open = shown.filter((offer) => !offer.form);
  const main = open.filter(isMain);
  const rest = open.filter((offer) => !isMain(offer));
  const act = (offer: StepOffer) => {
    if (!isPlain(offer)) return setAsked(offer);
    acting
      .send(offer, stepId, NOTHING, newKey())
      .then(() => toast.done(`${name(offer)} · ${t("done")}`), toast.failed);
  };
  if (shown.length === 0) return null;
  return (
    <Space wrap>
      {main.map((offer) => (
        <Button
          key={`${offer.act}-${offer.outcome ?? ""}`}
          size="small"
          type={isDanger(offer) ? "default" : "primary"}
          danger={isDanger(offer)}
          loading={acting.busy}
          onClick={() => act(offer)}
        >
          {name(offer)}
        </Button>
      ))}
      {withForm ? <span className="sn-soft">{t("onPhone")}</span> : null}
      {rest.length > 0 ? (
        <Dropdown
          menu={{
            items: rest.map((offer, place) => ({
              key: place,
              label: name(offer),
              danger: isDanger(offer),
              onClick: () => act(offer),
            })),
          }}
        >
          <Button size="small">{t("more")}</Button>
        </Dropdown>
      ) : null}
      {asked ? (
        <ActDialog
          offer={asked}
          runId={runId}
          stepId={stepId}
          acting={acting}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </Space>
  );
}
