import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import type { Answer } from "@/kit/api";
import { groupDecimal } from "@/kit/format";
import { Money } from "@/kit/Money";
import { Card, PhonePage } from "@/kit/phone/PhoneFrame";
import { useLive } from "@/kit/live";
import { useRead, useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";
import { Time, useNow } from "@/kit/Time";

import "./settlement.css";
import { type EarningRow, type EarningState, STATES, StateMark } from "./states";
import { texts } from "./texts";
import { say } from "./words";

type Wallet = Answer<"/api/settlement/me">;

/** A worker's wallet: what can be withdrawn, what is on its way, and every line that led there; it moves by itself. */
export default function MyEarningsPage(): ReactNode {
  const t = texts.use();
  const session = useSession();
  const refresh = useRefresh();
  const wallet = useRead("/api/settlement/me");
  const staff = session.staff?.id;
  useLive(staff ? [`staff:${staff}`] : [], () => void refresh("/api/settlement/me"));
  return (
    <PhonePage title={t("wallet")}>
      <Loaded query={wallet}>{(data) => <Head wallet={data} />}</Loaded>
      <NextTiers />
      <Lines />
    </PhonePage>
  );
}

function Head({ wallet }: { wallet: Wallet }): ReactNode {
  const t = texts.use();
  const { totals } = wallet;
  return (
    <>
      <Card title={t("canWithdraw")}>
        <Money amount={totals.withdrawable} large />
        <p className="sn-faint">{t("autoPayout")}</p>
        <dl className="st-grid">
          <Sum label={t("today")} amount={wallet.today} note={t("orders", { count: wallet.orders_today })} />
          <Sum label={t("week")} amount={wallet.week} />
          <Sum label={t("month")} amount={wallet.month} note={t("orders", { count: wallet.orders_month })} />
        </dl>
      </Card>
      <Card>
        <ol className="st-way">
          {STATES.map((state) => (
            <li key={state}>
              {t(`state_${state}`)}
              <b>{groupDecimal(totals[state])}</b>
            </li>
          ))}
        </ol>
        {Number(totals.owed) === 0 ? null : (
          <p>
            {t("owed")} <Money amount={totals.owed} />
          </p>
        )}
        {Number(totals.held) === 0 ? null : (
          <p>
            {t("onHold")} <Money amount={totals.held} />
          </p>
        )}
      </Card>
      {Number(totals.promotion_fund) === 0 && Number(totals.promotion_pending) === 0 ? null : (
        <Card title={t("promotionFund")}>
          <Money amount={totals.promotion_fund} />
          {Number(totals.promotion_pending) === 0 ? null : (
            <p className="sn-faint">
              {t("promotionPending", { amount: groupDecimal(totals.promotion_pending) })}
            </p>
          )}
        </Card>
      )}
    </>
  );
}

function Sum({ label, amount, note }: { label: string; amount: string; note?: string }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{groupDecimal(amount)}</dd>
      {note ? <dd className="st-note">{note}</dd> : null}
    </div>
  );
}

type Tier = Answer<"/api/settlement/me/tiers">[number];

/** How far the running period is from a better rate. */
function NextTiers(): ReactNode {
  const t = texts.use();
  const tiers = useRead("/api/settlement/me/tiers");
  if (!tiers.data || tiers.data.length === 0) return null;
  return (
    <Card title={t("nextTiers")}>
      {tiers.data.map((tier) => (
        <div key={`${tier.plan_id}-${tier.component}-${tier.period}`} className="st-tier">
          <b>{say(tier.component_text)}</b>
          <p>{told(tier, t)}</p>
          <p className="sn-faint">
            {t("tierSoFar", {
              period: tier.period,
              base: groupDecimal(tier.base),
              earned: groupDecimal(tier.earned),
            })}
          </p>
        </div>
      ))}
    </Card>
  );
}

function told(tier: Tier, t: ReturnType<typeof texts.use>): string {
  const percent = (rate: string | null | undefined) => `${Number((Number(rate ?? 0) * 100).toFixed(4))} %`;
  if (!tier.missing) return t("lastTier", { rate: percent(tier.current_rate) });
  const missing = groupDecimal(tier.missing, tier.in_units ? 0 : 2);
  if (Number(tier.rate) === 0) return t("nextBonus", { missing });
  return t(tier.in_units ? "nextTierUnits" : "nextTier", { missing, rate: percent(tier.rate) });
}

function Lines(): ReactNode {
  const t = texts.use();
  const navigate = useNavigate();
  const [state, setState] = useState<EarningState | null>(null);
  const [limit, setLimit] = useState(20);
  const lines = useRead("/api/settlement/me/earnings", { query: { state, limit } });
  return (
    <>
      <div className="st-chips" role="group" aria-label={t("state")}>
        {[null, ...STATES].map((each) => (
          <button
            key={each ?? "all"}
            type="button"
            aria-pressed={state === each}
            onClick={() => setState(each)}
          >
            {each ? t(`state_${each}`) : t("allStates")}
          </button>
        ))}
      </div>
      <Loaded query={lines}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noEarnings")} hint={t("noEarningsHint")} />
          ) : (
            <>
              {page.items.map((row) => (
                <Card key={row.id} onOpen={() => void navigate(`/m/earnings/${row.id}`)}>
                  <LineOf row={row} />
                </Card>
              ))}
              {page.next && limit < 200 ? (
                <button
                  type="button"
                  className="sn-button"
                  onClick={() => setLimit(Math.min(limit + 40, 200))}
                >
                  {t("more")}
                </button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </>
  );
}

function LineOf({ row }: { row: EarningRow }): ReactNode {
  const t = texts.use();
  const now = useNow();
  return (
    <div className="st-line">
      <div>
        <div>{row.source_title || say(row.component_text)}</div>
        <div className="sn-faint">
          <Time at={row.at} show="absolute" />
        </div>
        {row.expected_at && Date.parse(row.expected_at) > now.getTime() ? (
          <div className="sn-faint">
            {t("expected")} <Time at={row.expected_at} show="date" />
          </div>
        ) : null}
      </div>
      <div>
        <div>
          <Money amount={row.amount} />
        </div>
        <StateMark state={row.state} />
      </div>
    </div>
  );
}
