import { Button, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode } from "react";

import { kitTexts } from "@/kit/kitTexts";

import { texts } from "../texts";
import type { Span } from "./hours";

const FORMAT = "HH:mm";
const at = (time: string | undefined): Dayjs | null =>
  time ? dayjs(`2000-01-01T${time === "24:00" ? "23:59" : time}`) : null;

/** The hours of one day; no hours means closed. A field of a form. */
export function HoursInput({
  value = [],
  onChange,
  label,
}: {
  value?: readonly Span[];
  onChange?: (spans: Span[]) => void;
  label: string;
}): ReactNode {
  const t = texts.use();
  const replace = (index: number, span: Span | null) =>
    onChange?.(value.flatMap((one, place) => (place !== index ? [one] : span ? [span] : [])));
  return (
    <div className="sn-week-spans">
      {value.length === 0 ? <span className="sn-soft">{t("closed")}</span> : null}
      {value.map((span, index) => (
        <span key={index}>
          <TimePicker.RangePicker
            size="small"
            format={FORMAT}
            minuteStep={5}
            allowClear={false}
            needConfirm={false}
            style={{ width: 150 }}
            aria-label={label}
            value={[at(span[0]), at(span[1])]}
            onChange={(range) =>
              range?.[0] && range[1] && replace(index, [range[0].format(FORMAT), range[1].format(FORMAT)])
            }
          />
          <Button
            size="small"
            type="text"
            aria-label={`${kitTexts.t("remove")} ${label} ${span.join("–")}`}
            onClick={() => replace(index, null)}
          >
            ×
          </Button>
        </span>
      ))}
      {value.length < 6 ? (
        <Button
          size="small"
          type="link"
          onClick={() => onChange?.([...value, value.length === 0 ? ["09:00", "18:00"] : ["19:00", "21:00"]])}
        >
          {t("addSpan")}
        </Button>
      ) : null}
    </div>
  );
}
