import { Tag } from "antd";
import { type ReactNode } from "react";

import { kitTexts } from "../../kitTexts";
import { useSession } from "../../session";
import { type Filters } from "./specs";

/** The unit a link asked for; closing it goes back to the unit of the top bar. */
export function OtherUnit({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}): ReactNode {
  const t = kitTexts.use();
  const { units } = useSession();
  const { unit_id: id, exact_unit: exact, ...rest } = filters;
  if (typeof id !== "string") return null;
  const name = units.find((unit) => unit.id === Number(id))?.name ?? id;
  return (
    <Tag closable onClose={() => onChange(rest)}>
      {exact ? t("onlyUnit", { name }) : name}
    </Tag>
  );
}
