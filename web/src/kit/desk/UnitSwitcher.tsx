import { ApartmentOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { type ReactNode } from "react";

import { kitTexts } from "../kitTexts";
import { useSession } from "../session";
import { useUnit } from "../unit";

/** Narrows every page that keeps to a unit. With one unit in reach it is a word, not a choice. */
export function UnitSwitcher(): ReactNode {
  const t = kitTexts.use();
  const { units } = useSession();
  const unit = useUnit();
  if (units.length <= 1) {
    return units[0] ? (
      <span className="sn-unit-name">
        <ApartmentOutlined aria-hidden="true" /> {units[0].name}
      </span>
    ) : (
      <span />
    );
  }
  return (
    <Select
      className="sn-unit"
      variant="filled"
      aria-label={t("unit")}
      prefix={<ApartmentOutlined aria-hidden="true" />}
      popupMatchSelectWidth={260}
      showSearch={{ optionFilterProp: "label" }}
      value={unit.id ?? 0}
      onChange={(id: number) => unit.choose(id || null)}
      options={[
        { value: 0, label: t("allUnits") },
        ...units.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
