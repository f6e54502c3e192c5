import { Select } from "antd";
import { type ReactNode } from "react";

import { Row } from "./inputs";
import { texts } from "./texts";

const NOBODY = ["administrator", "pass", "stop"] as const;
const SAME = ["ask", "skip"] as const;

interface Value {
  nobody?: string;
  same_person?: string;
}

/** What happens when nobody is found, and when it is who handled the step before. */
export function NobodyInput({
  value,
  onChange,
}: {
  value: Value;
  onChange: (part: Value) => void;
}): ReactNode {
  const t = texts.use();
  return (
    <div className="fd-columns">
      <Row label={t("nobody")}>
        <Select
          aria-label={t("nobody")}
          style={{ width: "100%" }}
          value={value.nobody ?? "administrator"}
          options={NOBODY.map((one) => ({ value: one, label: t(`nobody_${one}`) }))}
          onChange={(nobody) => onChange({ nobody })}
        />
      </Row>
      <Row label={t("samePerson")}>
        <Select
          aria-label={t("samePerson")}
          style={{ width: "100%" }}
          value={value.same_person ?? "ask"}
          options={SAME.map((one) => ({ value: one, label: t(`same_${one}`) }))}
          onChange={(same_person) => onChange({ same_person })}
        />
      </Row>
    </div>
  );
}
