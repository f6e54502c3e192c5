import "./acts.css";

import { CheckList, Popup, SearchBar, TextArea } from "antd-mobile";
import { type ReactNode, useState } from "react";

import { newKey } from "@/kit/api";
import { currentLocale } from "@/kit/i18n";
import { PrimaryButton, phoneToast } from "@/kit/phone/PhoneFrame";
import { useRead } from "@/kit/query";

import { type Given, NOTHING, type StepOffer, complete, isPlain } from "./acts";
import { actTexts } from "./actTexts";
import { useAct } from "./useAct";

interface Props {
  runId: number;
  stepId: number;
  offers: readonly StepOffer[];
  /** Answers to the step's form, where it has one. */
  answers?: Record<string, unknown>;
  onDone: () => void;
  /** What the server says of the answers. */
  onRefused?: (error: unknown) => void;
}

/** The buttons of a task in the hand: answers first, each asking for what it needs in a sheet from below. */
export function PhoneActs({ runId, stepId, offers, answers, onDone, onRefused }: Props): ReactNode {
  const acting = useAct(runId);
  const [asked, setAsked] = useState<StepOffer | null>(null);
  const [key, setKey] = useState(newKey);
  const english = currentLocale() === "en";
  const name = (offer: StepOffer) => (english ? offer.name.en : offer.name.zh);
  const send = (offer: StepOffer, given: Given) =>
    acting.send(offer, stepId, { ...given, answers: offer.form ? (answers ?? {}) : {} }, key).then(
      () => {
        phoneToast.done(name(offer));
        setKey(newKey());
        setAsked(null);
        onDone();
      },
      (error: unknown) => {
        phoneToast.failed(error);
        // other content is another wish
        setKey(newKey());
        onRefused?.(error);
      },
    );
  const act = (offer: StepOffer) =>
    isPlain({ ...offer, form: false }) ? void send(offer, NOTHING) : setAsked(offer);
  return (
    <div className="fl-acts">
      {offers.map((offer, place) => (
        <button
          key={place}
          type="button"
          className={`sn-button sn-button-large${place === 0 ? " sn-button-primary" : ""}`}
          disabled={acting.busy}
          onClick={() => act(offer)}
        >
          {name(offer)}
        </button>
      ))}
      <Popup
        visible={asked !== null}
        onMaskClick={() => setAsked(null)}
        destroyOnClose
        bodyClassName="fl-sheet"
      >
        {asked ? (
          <Sheet
            key={asked.act}
            offer={asked}
            runId={runId}
            busy={acting.busy}
            onSend={(given) => void send(asked, given)}
          />
        ) : null}
      </Popup>
    </div>
  );
}

function Sheet(props: {
  offer: StepOffer;
  runId: number;
  busy: boolean;
  onSend: (given: Given) => void;
}): ReactNode {
  const t = actTexts.use();
  const { offer } = props;
  const [given, setGiven] = useState<Given>(NOTHING);
  const english = currentLocale() === "en";
  const set = (part: Partial<Given>) => setGiven((all) => ({ ...all, ...part }));
  const name = english ? offer.name.en : offer.name.zh;
  return (
    <div className="fl-sheet-body">
      <h2>{name}</h2>
      {offer.nodes?.length ? (
        <CheckList
          aria-label={t("returnTo")}
          value={given.node ? [given.node] : []}
          onChange={(value) => set({ node: (value[0] as string | undefined) ?? null })}
        >
          {offer.nodes.map((one) => (
            <CheckList.Item key={one.node} value={one.node}>
              {english ? one.name.en : one.name.zh}
            </CheckList.Item>
          ))}
        </CheckList>
      ) : null}
      {offer.people === "one" || offer.people === "many" ? (
        <People
          runId={props.runId}
          many={offer.people === "many"}
          chosen={given.people}
          onChange={(people) => set({ people })}
        />
      ) : null}
      {offer.act === "add_sign" ? (
        <CheckList
          aria-label={t("where")}
          value={[given.where]}
          onChange={(value) => set({ where: value[0] === "after" ? "after" : "before" })}
        >
          <CheckList.Item value="before">{t("before")}</CheckList.Item>
          <CheckList.Item value="after">{t("after")}</CheckList.Item>
        </CheckList>
      ) : null}
      <TextArea
        aria-label={t("reason")}
        placeholder={t(offer.reason ? "reason" : "reasonOptional")}
        maxLength={500}
        rows={3}
        value={given.reason}
        onChange={(reason) => set({ reason })}
      />
      <PrimaryButton busy={props.busy} disabled={!complete(offer, given)} onClick={() => props.onSend(given)}>
        {name}
      </PrimaryButton>
    </div>
  );
}

function People(props: {
  runId: number;
  many: boolean;
  chosen: readonly number[];
  onChange: (ids: number[]) => void;
}): ReactNode {
  const t = actTexts.use();
  const [q, setQ] = useState("");
  const found = useRead("/api/flow-runs/{run_id}/colleagues", {
    path: { run_id: props.runId },
    query: { q },
  });
  const rows = found.data ?? [];
  return (
    <>
      <SearchBar placeholder={t("find")} value={q} onChange={setQ} />
      <CheckList
        multiple={props.many}
        className="fl-people"
        value={props.chosen.map(String)}
        onChange={(value) => props.onChange(value.map(Number))}
      >
        {rows.map((one) => (
          <CheckList.Item key={one.id} value={String(one.id)} description={one.unit_name}>
            {one.name}
          </CheckList.Item>
        ))}
      </CheckList>
      {found.data && rows.length === 0 ? <p className="sn-soft">{t("nobody")}</p> : null}
    </>
  );
}
