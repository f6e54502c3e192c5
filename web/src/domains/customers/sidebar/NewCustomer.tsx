import { type FormEvent, type ReactNode, useState } from "react";

import { Card, PrimaryButton, phoneToast } from "@/kit/phone/PhoneFrame";
import { useIdempotencyKey, useSend } from "@/kit/query";
import { useMay, useSession } from "@/kit/session";

import { Messages } from "./Messages";
import { texts } from "./texts";

/** A contact nobody knows yet: what was said, and one field to make them a customer. */
export function NewCustomer({
  externalUserid,
  onDone,
}: {
  externalUserid: string;
  onDone: () => void;
}): ReactNode {
  const t = texts.use();
  const may = useMay();
  const { staff } = useSession();
  const { key } = useIdempotencyKey();
  const [name, setName] = useState("");
  const create = useSend("post", "/api/customers", { refresh: ["/api/customers"] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      {
        key,
        body: {
          name,
          unit_id: staff?.unit_id,
          external_userid: externalUserid,
          owner_id: staff?.id,
        } as never,
      },
      {
        onSuccess: () => {
          phoneToast.done(t("made"));
          onDone();
        },
        onError: phoneToast.failed,
      },
    );
  };
  return (
    <main className="sb-body">
      <Card title={<h1 className="sb-name">{t("unknown")}</h1>}>
        <p className="sn-soft">{t("unknownHint")}</p>
        {may("customer.create") ? (
          <form className="sb-form" onSubmit={submit}>
            <label className="sb-field">
              <span>{t("unknownName")}</span>
              <input value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
            </label>
            <PrimaryButton type="submit" busy={create.isPending} disabled={!name.trim()}>
              {t("makeCustomer")}
            </PrimaryButton>
          </form>
        ) : null}
      </Card>
      <Card title={<h2>{t("lastMessages")}</h2>}>
        <Messages externalUserid={externalUserid} />
      </Card>
    </main>
  );
}
