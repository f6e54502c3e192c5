import "./customer.css";

import { type ReactNode, useEffect, useRef, useState } from "react";

import { newKey } from "@/kit/api";
import { CustomerFrame, Stars } from "@/kit/customer/CustomerFrame";
import { absoluteTime } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { listenLive } from "@/kit/live";
import { Problem } from "@/kit/problem";
import { Skeleton } from "@/kit/states";

import { type Progress, confirm, rate, see, ticket } from "./customerApi";
import { texts } from "./customerTexts";
import { Stages } from "./Stages";
import { say } from "./words";

/** The customer's page: where the order stands, and the one thing that is asked. It moves by itself. */
export default function CustomerPage({ token }: { token: string }): ReactNode {
  const t = texts.use();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const [asked, setAsked] = useState(0);
  const again = () => setAsked((times) => times + 1);

  useEffect(() => {
    let left = false;
    see(token).then(
      (answer) => {
        if (left) return;
        setProgress(answer);
        setProblem(null);
      },
      (error: unknown) => {
        if (!left) setProblem(error instanceof Problem ? error : new Problem(0, "", String(error)));
      },
    );
    return () => {
      left = true;
    };
  }, [token, asked]);
  // a link that opens nothing has nothing to follow; one that ended while it was looked at is no longer followed
  const gone = problem !== null && !problem.retryable;
  const follows = progress !== null && !gone;
  useEffect(
    () =>
      follows
        ? listenLive(
            [`work_order:${token}`],
            () => setAsked((times) => times + 1),
            () => ticket(token),
          )
        : undefined,
    [token, follows],
  );

  if (!progress || gone) {
    return (
      <CustomerFrame company={progress?.store_name ?? ""} title={t("title")}>
        {problem ? <Refused problem={problem} onRetry={again} /> : <Skeleton rows={6} />}
      </CustomerFrame>
    );
  }
  return <Found token={token} progress={progress} onMoved={setProgress} />;
}

function Refused({ problem, onRetry }: { problem: Problem; onRetry: () => void }): ReactNode {
  const t = texts.use();
  return (
    <section className="sn-card wo-refused" role="alert">
      <h1 className="sn-card-title">{t(problem.retryable ? "notNow" : "noSuchLink")}</h1>
      <p>{problem.message}</p>
      {problem.retryable ? null : <p className="sn-soft">{t("noSuchLinkHint")}</p>}
      {problem.retryable ? (
        <button type="button" className="sn-button sn-button-large" onClick={onRetry}>
          {t("retry")}
        </button>
      ) : null}
    </section>
  );
}

interface FoundProps {
  token: string;
  progress: Progress;
  onMoved: (progress: Progress) => void;
}

function Found({ token, progress, onMoved }: FoundProps): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const [rating, setRating] = useState<number | null>(null);
  const [solved, setSolved] = useState<boolean | null>(null);
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const key = useRef(newKey());

  const send = (deed: (key: string) => Promise<Progress>) => {
    setBusy(true);
    setWrong("");
    deed(key.current)
      .then(
        (answer) => {
          key.current = newKey();
          onMoved(answer);
        },
        (error: unknown) => setWrong(error instanceof Problem ? error.message : t("unreachable")),
      )
      .finally(() => setBusy(false));
  };
  const onRate = () => {
    if (rating === null) {
      setWrong(t("chooseStars"));
      return;
    }
    const answers = {
      rating,
      ...(solved === null ? {} : { solved }),
      ...(comment.trim() ? { comment } : {}),
    };
    send((made) => rate(token, answers, made));
  };

  const action =
    progress.asks === "confirm" ? (
      <Primary busy={busy} onClick={() => send((made) => confirm(token, made))}>
        {t("confirm")}
      </Primary>
    ) : progress.asks === "rate" ? (
      <Primary busy={busy} onClick={onRate}>
        {t("submit")}
      </Primary>
    ) : undefined;

  return (
    <CustomerFrame company={progress.store_name} title={t("title")} action={action}>
      <section className="sn-card">
        <h1 className="sn-card-title">{say(progress.kind_name)}</h1>
        <p className="sn-soft">{progress.title}</p>
        <p className="sn-faint sn-number">
          {t("number")} {progress.no}
        </p>
      </section>
      {progress.worker_name ? (
        <section className="sn-card">
          <div className="sn-soft">{t("worker")}</div>
          <b>{progress.worker_name}</b> <span className="sn-number">{progress.worker_phone}</span>
          <div className="sn-soft">{progress.address}</div>
        </section>
      ) : null}
      {progress.asks === "confirm" ? (
        <section className="sn-card">
          <b>{t("confirmAsk")}</b>
          {progress.asks_until ? (
            <p className="sn-soft">
              {t("confirmUntil", { time: absoluteTime(new Date(progress.asks_until), locale) })}
            </p>
          ) : null}
        </section>
      ) : null}
      {progress.asks === "rate" ? (
        <section className="sn-card">
          <b>{t("rateAsk")}</b>
          <Stars value={rating} label={t("stars")} onChange={setRating} />
          <div id="solved" className="sn-soft">
            {t("solved")}
          </div>
          <div className="wo-choice" role="group" aria-labelledby="solved">
            {[true, false].map((value) => (
              <button
                key={String(value)}
                type="button"
                className="sn-button"
                aria-pressed={solved === value}
                onClick={() => setSolved(value)}
              >
                {value ? t("yes") : t("no")}
              </button>
            ))}
          </div>
          <textarea
            className="wo-comment"
            aria-label={t("comment")}
            placeholder={t("comment")}
            maxLength={500}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </section>
      ) : null}
      {progress.rating === null ? null : (
        <section className="sn-card">
          <b>{t("thanks")}</b> <span aria-label={`${progress.rating}/5`}>{"★".repeat(progress.rating)}</span>
        </section>
      )}
      {wrong ? (
        <p className="wo-problem" role="alert">
          {wrong}
        </p>
      ) : null}
      <section className="sn-card">
        <Stages stages={progress.stages} />
      </section>
    </CustomerFrame>
  );
}

function Primary(props: { busy: boolean; onClick: () => void; children: ReactNode }): ReactNode {
  const t = texts.use();
  return (
    <button
      type="button"
      className="sn-button sn-button-primary sn-button-large"
      disabled={props.busy}
      aria-busy={props.busy}
      onClick={props.onClick}
    >
      {props.busy ? t("sending") : props.children}
    </button>
  );
}
