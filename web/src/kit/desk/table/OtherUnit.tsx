import { Tag } from "antd";
import { type ReactNode } from "react";

import { kitTexts } from "../../kitTexts";
import { useSession } from "../../session";
import { type Filters } from "./specs";

/** What a link narrowed the units to; closing it goes back to the unit of the top bar. */
export function OtherUnit({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}): ReactNode {
  const t = kitTexts.use();
  const { units } = useSession();
  const { unit_id: id, exact_unit: exact, in_units: within, ...rest } = filters;
  const name = typeof id === "string" ? (units.find((unit) => unit.id === Number(id))?.name ?? id) : null;
  return (
    <>
      {name ? (
        <Tag closable onClose={() => onChange(within ? { ...rest, in_units: within } : rest)}>
          {exact ? t("onlyUnit", { name }) : name}
        </Tag>
      ) : null}
      {within ? (
        <Tag closable title={t("inUnitsHint")} onClose={() => onChange(without(filters, "in_units"))}>
          {t("inUnits")}
        </Tag>
      ) : null}
    </>
  );
}

const without = (filters: Filters, name: string): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([one]) => one !== name));
