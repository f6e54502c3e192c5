import { Checkbox, Form, Input } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";

import { texts } from "../texts";
import type { Calendar } from "../types";
import { HoursInput } from "./HoursInput";
import { type Span, WEEKDAYS } from "./hours";

interface Values {
  key: string;
  name: string;
  name_en: string;
  zone: string;
  follows_holidays: boolean;
  week: Span[][];
}

const OPEN: Span[] = [["09:00", "18:00"]];

export function CalendarForm({
  open,
  onClose,
  calendar,
}: {
  open: boolean;
  onClose: () => void;
  calendar?: Calendar;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const save = ({ key: name, ...values }: Values, key: string) =>
    calendar
      ? api.patch("/api/org/calendars/{calendar_id}", {
          path: { calendar_id: calendar.id },
          body: values as never,
          key,
        })
      : api.post("/api/org/calendars", { body: { key: name, ...values } as never, key });
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      width={600}
      title={calendar ? t("editCalendar") : t("addCalendar")}
      initialValues={{
        name: calendar?.name,
        name_en: calendar?.name_en ?? "",
        zone: calendar?.zone ?? "Asia/Shanghai",
        follows_holidays: calendar?.follows_holidays ?? true,
        week: calendar
          ? calendar.week.map((day) => day.map((span) => [...span]))
          : WEEKDAYS.map((day) => (day < 5 ? OPEN : [])),
      }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/calendars")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("roleName")} required>
          <Input maxLength={60} autoFocus />
        </Field>
        <Field name="name_en" label={t("roleNameEn")}>
          <Input maxLength={60} />
        </Field>
        {calendar ? null : (
          <Field name="key" label={t("roleKey")} required hint={t("roleKeyHint")}>
            <Input maxLength={40} />
          </Field>
        )}
        <Field name="zone" label={t("zone")} required>
          <Input maxLength={40} />
        </Field>
      </div>
      <p>{t("week")}</p>
      <div className="sn-week">
        {WEEKDAYS.map((day) => (
          <div key={day} style={{ display: "contents" }}>
            <span>{t(`weekday_${day}`)}</span>
            <Form.Item noStyle name={["week", day]}>
              <HoursInput label={t(`weekday_${day}`)} />
            </Form.Item>
          </div>
        ))}
      </div>
      <Form.Item name="follows_holidays" valuePropName="checked" style={{ marginTop: 16 }}>
        <Checkbox>{t("holidays")}</Checkbox>
      </Form.Item>
    </FormDrawer>
  );
}
