import { Button, Table } from "antd";
import { type ReactNode, useState } from "react";

import { formatShare } from "@/kit/format";
import { Person, Status, type Tone } from "@/kit/marks";
import { Empty } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "./texts";
import type { Candidate, OfferView } from "./types";
import { say } from "./words";

const TONES: Record<string, Tone> = {
  accepted: "good",
  declined: "bad",
  no_answer: "warn",
  withdrawn: "neutral",
};

/** Who was offered the order, what came of it, and why them. */
export function Offers({ offers }: { offers: readonly OfferView[] }): ReactNode {
  const t = texts.use();
  if (offers.length === 0) return <Empty title={t("noOffers")} />;
  return (
    <>
      {[...offers].reverse().map((offer) => (
        <Offer key={offer.id} offer={offer} />
      ))}
    </>
  );
}

function Offer({ offer }: { offer: OfferView }): ReactNode {
  const t = texts.use();
  const [open, setOpen] = useState(false);
  return (
    <div style={{ padding: "10px 16px", borderBottom: "1px solid var(--border)" }}>
      <div className="wo-line">
        <Person name={offer.staff_name} note={<Time at={offer.offered_at} />} />
        <span>
          {offer.by_hand ? <Status>{t("byHand")}</Status> : null}{" "}
          <Status tone={offer.outcome ? TONES[offer.outcome] : "active"}>
            {offer.outcome ? t(offer.outcome) : t("waiting")}
          </Status>{" "}
          {offer.candidates.length > 0 ? (
            <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t("whyThem")}
            </Button>
          ) : null}
        </span>
      </div>
      {offer.reason ? <p className="sn-soft">{offer.reason}</p> : null}
      {open ? <Candidates rows={offer.candidates} /> : null}
    </div>
  );
}

/** Everyone weighed, the best first. */
export function Candidates({
  rows,
  action,
}: {
  rows: readonly Candidate[];
  action?: (row: Candidate) => ReactNode;
}): ReactNode {
  const t = texts.use();
  return (
    <Table<Candidate>
      size="small"
      rowKey="staff_id"
      pagination={false}
      dataSource={[...rows]}
      columns={[
        { title: t("rank"), width: 56, render: (_, row) => row.rank ?? "—" },
        { title: t("candidate"), render: (_, row) => <Person name={row.name} note={row.unit_name} /> },
        { title: t("free"), width: 84, align: "right", render: (_, row) => formatShare(row.free, 0) },
        {
          title: t("booked"),
          width: 132,
          align: "right",
          render: (_, row) => t("minutes", { booked: row.booked_minutes, rostered: row.rostered_minutes }),
        },
        { title: t("reason"), render: (_, row) => <span className="sn-soft">{say(row.why)}</span> },
        ...(action ? [{ title: "", width: 100, render: (_: unknown, row: Candidate) => action(row) }] : []),
      ]}
    />
  );
}
