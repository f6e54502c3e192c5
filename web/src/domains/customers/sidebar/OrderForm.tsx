import { type FormEvent, type ReactNode, useState } from "react";

import { currentLocale } from "@/kit/i18n";
import { Card, PrimaryButton, phoneToast } from "@/kit/phone/PhoneFrame";
import { Problem } from "@/kit/problem";
import { useIdempotencyKey, useRead, useSend } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Loaded } from "@/kit/states";

import { findFloor } from "./floor";
import { useMessages } from "./Messages";
import { texts } from "./texts";
import type { Customer, Kind, Message } from "./types";

const TITLE_LENGTH = 200;
// from here on readings call a floor high
const HIGH_FLOOR = 3;

interface Props {
  customer: Customer;
  externalUserid: string;
  onClose: () => void;
}

/** A work order out of the chat: everything that is known is filled in already. */
export function OrderForm(props: Props): ReactNode {
  const messages = useMessages(props.externalUserid);
  const kinds = useRead("/api/work-order-kinds", { query: { limit: 100 } });
  return (
    <Loaded query={kinds}>
      {(page) => (
        <Loaded query={messages}>{(lines) => <Filled {...props} kinds={page.items} lines={lines} />}</Loaded>
      )}
    </Loaded>
  );
}

function Filled({
  customer,
  onClose,
  kinds,
  lines,
}: Props & { kinds: readonly Kind[]; lines: readonly Message[] }): ReactNode {
  const t = texts.use();
  const { staff } = useSession();
  const { key } = useIdempotencyKey();
  // what was last said when the form opened; lines that come later do not change what is being written
  const [said] = useState(lines);
  const fromCustomer = said.filter((line) => line.direction === "from_contact");
  const [found] = useState(() => findFloor(fromCustomer.map((line) => line.text)));
  const [kind, setKind] = useState("");
  const [need, setNeed] = useState((found?.words ?? fromCustomer.at(-1)?.text ?? "").slice(0, TITLE_LENGTH));
  const [name, setName] = useState(customer.name);
  const [phone, setPhone] = useState("");
  const [address, setAddress] = useState(customer.address);
  const [floor, setFloor] = useState(found ? String(found.floor) : "");
  const [taken, setTaken] = useState<ReadonlySet<number>>(() => new Set(said.map((line) => line.id)));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const create = useSend("post", "/api/work-orders", { refresh: ["/api/work-orders"] });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = {
      ...(kind ? {} : { kind_key: t("kindMissing") }),
      ...(need.trim() ? {} : { title: t("needMissing") }),
    };
    setProblems(missing);
    if (Object.keys(missing).length > 0) return;
    create.mutate(
      {
        key,
        body: {
          kind_key: kind,
          title: need.trim(),
          unit_id: customer.unit_id,
          customer_id: customer.id,
          priority: "normal",
          source: "sidebar",
          contact_name: name,
          phone,
          address,
          city: customer.city,
          floor: floor ? Number(floor) : null,
          facts: {},
          messages: said
            .filter((line) => taken.has(line.id))
            .map((line) => ({
              at: line.sent_at,
              sender: line.direction === "from_contact" ? "customer" : "staff",
              sender_name: line.direction === "from_contact" ? customer.name : (staff?.name ?? ""),
              text: line.text,
            })),
        } as never,
      },
      {
        onSuccess: (order) => {
          phoneToast.done(t("created", { no: order.no }));
          onClose();
        },
        onError: (error) => {
          if (error instanceof Problem && error.errors.length > 0) {
            setProblems(Object.fromEntries(error.errors.map((one) => [one.field, one.message])));
          }
          phoneToast.failed(error);
        },
      },
    );
  };
  const toggle = (id: number) => {
    const next = new Set(taken);
    if (!next.delete(id)) next.add(id);
    setTaken(next);
  };

  return (
    <form className="sb" onSubmit={submit} noValidate>
      <main className="sb-body">
        <div className="sb-row">
          <h1 className="sb-name">{t("createTitle")}</h1>
          <button type="button" className="sn-link" onClick={onClose}>
            {t("back")}
          </button>
        </div>
        <Card>
          <div className="sb-form">
            <Field label={t("kind")} problem={problems.kind_key}>
              <select
                value={kind}
                onChange={(event) => setKind(event.target.value)}
                aria-invalid={Boolean(problems.kind_key)}
              >
                <option value="">{t("chooseKind")}</option>
                {kinds.map((one) => (
                  <option key={one.key} value={one.key}>
                    {currentLocale() === "en" ? one.name.en : one.name.zh}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t("need")} problem={problems.title}>
              <textarea
                rows={3}
                value={need}
                maxLength={500}
                onChange={(event) => setNeed(event.target.value)}
              />
            </Field>
            <Field label={t("contactName")} problem={problems.contact_name}>
              <input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
            </Field>
            <Field
              label={t("phone")}
              problem={problems.phone}
              hint={customer.has_phone ? t("phoneKept", { phone: customer.phone_masked }) : undefined}
            >
              <input
                value={phone}
                inputMode="tel"
                maxLength={30}
                placeholder={customer.phone_masked}
                onChange={(event) => setPhone(event.target.value)}
              />
            </Field>
            <Field label={t("address")} problem={problems.address}>
              <textarea
                rows={2}
                value={address}
                maxLength={200}
                onChange={(event) => setAddress(event.target.value)}
              />
            </Field>
            <Field label={t("floor")} problem={problems.floor} hint={floorHint(t, found?.floor, floor)}>
              <input
                value={floor}
                inputMode="numeric"
                maxLength={3}
                onChange={(event) => setFloor(event.target.value.replace(/\D/g, ""))}
              />
            </Field>
          </div>
        </Card>
        <Card title={<h2>{t("captured")}</h2>}>
          <ul className="sb-list">
            {said.map((line) => (
              <li key={line.id}>
                <label className="sb-check">
                  <input type="checkbox" checked={taken.has(line.id)} onChange={() => toggle(line.id)} />
                  <span>
                    <small className="sn-soft">
                      {line.direction === "from_contact" ? t("customerSays") : t("staffSays")}
                    </small>{" "}
                    {line.text}
                  </span>
                </label>
              </li>
            ))}
            {said.length === 0 ? <li className="sn-soft">{t("noMessages")}</li> : null}
          </ul>
        </Card>
      </main>
      <div className="sb-foot">
        <PrimaryButton type="submit" busy={create.isPending}>
          {t("submit")}
        </PrimaryButton>
      </div>
    </form>
  );
}

function floorHint(
  t: ReturnType<typeof texts.use>,
  found: number | undefined,
  floor: string,
): string | undefined {
  const read = found !== undefined && String(found) === floor ? t("floorFound", { floor: found }) : "";
  const high = Number(floor) >= HIGH_FLOOR ? t("floorHint") : "";
  return [read, high].filter(Boolean).join(" · ") || undefined;
}

function Field({
  label,
  hint,
  problem,
  children,
}: {
  label: string;
  hint?: string;
  problem?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <label className="sb-field">
      <span>{label}</span>
      {children}
      {problem ? (
        <small className="sb-problem" role="alert">
          {problem}
        </small>
      ) : null}
      {hint ? <small className="sn-soft">{hint}</small> : null}
    </label>
  );
}
