import { Alert, Form, type FormInstance } from "antd";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useBlocker } from "react-router";

import { kitTexts } from "../kitTexts";
import { type FieldError, Problem } from "../problem";
import { useIdempotencyKey } from "../query";

export interface FieldProps {
  name: string | (string | number)[];
  label: string;
  required?: boolean;
  /** Said under the field, before anything is wrong. */
  hint?: ReactNode;
  /** `checked` for switches and check boxes. */
  valuePropName?: string;
  children: ReactNode;
}

/** A labelled field; errors of the server appear beside it. */
export function Field({ name, label, required, hint, valuePropName, children }: FieldProps): ReactNode {
  const t = kitTexts.use();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={hint}
      valuePropName={valuePropName}
      rules={required ? [{ required: true, message: t("required", { label }) }] : []}
    >
      {children}
    </Form.Item>
  );
}

/** `"lines.0.price"` → `["lines", 0, "price"]` */
export const fieldPath = (field: string): (string | number)[] =>
  field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Puts the server's errors beside their fields; gives back those that belong to no field of the form. */
export function placeErrors(form: FormInstance, errors: readonly FieldError[]): FieldError[] {
  const elsewhere: FieldError[] = [];
  for (const error of errors) {
    const name = fieldPath(error.field);
    if (error.field && form.getFieldInstance(name)) form.setFields([{ name, errors: [error.message] }]);
    else elsewhere.push(error);
  }
  const first = errors.find((error) => !elsewhere.includes(error));
  if (first) form.scrollToField(fieldPath(first.field), { block: "center", focus: true });
  return elsewhere;
}

export type Submit<V> = (values: V, key: string) => Promise<unknown>;

export interface Submission<V> {
  busy: boolean;
  alert: ReactNode;
  dirty: boolean;
  touch: () => void;
  clean: () => void;
  submit: (values: V) => Promise<void>;
}

/** What every form does on submit: one idempotency key, errors beside fields, what was typed stays. */
export function useSubmission<V>(
  form: FormInstance<V>,
  onSubmit: Submit<V>,
  onDone?: () => void,
): Submission<V> {
  const { key, renew } = useIdempotencyKey();
  const [busy, setBusy] = useState(false);
  const [dirty, setDirty] = useState(false);
  const [alert, setAlert] = useState<ReactNode>(null);
  const clean = useCallback(() => {
    setDirty(false);
    setAlert(null);
  }, []);
  const submit = async (values: V) => {
    setBusy(true);
    setAlert(null);
    try {
      await onSubmit(values, key);
      renew();
      setDirty(false);
      onDone?.();
    } catch (error) {
      const errors = error instanceof Problem ? error.errors : [];
      const elsewhere = placeErrors(form, errors);
      // what stands beside its field is not said twice
      if (errors.length === 0 || elsewhere.length > 0)
        setAlert(<Failure error={error} elsewhere={elsewhere} />);
    } finally {
      setBusy(false);
    }
  };
  return { busy, alert, dirty, touch: () => setDirty(true), clean, submit };
}

function Failure({ error, elsewhere }: { error: unknown; elsewhere: readonly FieldError[] }): ReactNode {
  const t = kitTexts.use();
  const problem = error instanceof Problem ? error : null;
  const details = elsewhere.map((one) => one.message).filter((text) => text && text !== problem?.message);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={problem?.message ?? t("failed")}
      description={details.length > 0 ? details.join(" ") : undefined}
    />
  );
}

/** Asks before the page is left with changes in it. */
export function useLeaveGuard(dirty: boolean): { asking: boolean; stay: () => void; leave: () => void } {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  return {
    asking: blocker.state === "blocked",
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
  };
}
