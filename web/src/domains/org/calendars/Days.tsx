import { Button, DatePicker, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Section } from "@/kit/desk/PageFrame";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";

import { texts } from "../texts";
import type { Calendar, CalendarDay } from "../types";
import { HoursInput } from "./HoursInput";
import { type Span, hoursText } from "./hours";

/** The days of a year that differ from their weekday. */
export function Days({ calendar }: { calendar: Calendar }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const [adding, setAdding] = useState(false);
  const days = useRead("/api/org/calendars/{calendar_id}/days", {
    path: { calendar_id: calendar.id },
    query: { year },
  });
  return (
    <Section
      flush
      title={`${t("specialDays")} · ${year}`}
      extra={
        <span>
          <Button size="small" aria-label={String(year - 1)} onClick={() => setYear(year - 1)}>
            ‹
          </Button>{" "}
          <Button size="small" aria-label={String(year + 1)} onClick={() => setYear(year + 1)}>
            ›
          </Button>{" "}
          {may("org.calendar_write") ? (
            <Button size="small" onClick={() => setAdding(true)}>
              {t("addDay")}
            </Button>
          ) : null}
        </span>
      }
    >
      <Loaded query={days}>
        {(all) =>
          all.length === 0 ? <Empty title={t("specialEmpty")} /> : <Table calendar={calendar} days={all} />
        }
      </Loaded>
      <DayForm calendar={calendar} open={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}

function Table({ calendar, days }: { calendar: Calendar; days: readonly CalendarDay[] }): ReactNode {
  const t = texts.use();
  return (
    <table className="sn-plain-table">
      <thead>
        <tr>
          <th>{t("day")}</th>
          <th>{t("dayName")}</th>
          <th>{t("dayHours")}</th>
          <th>{t("origin")}</th>
          <th aria-label={t("clearDay")} />
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <Row key={day.day} calendar={calendar} day={day} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ calendar, day }: { calendar: Calendar; day: CalendarDay }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const clear = () =>
    api
      .delete("/api/org/calendars/{calendar_id}/days/{day}", {
        path: { calendar_id: calendar.id, day: day.day },
      })
      .then(() => refresh("/api/org/calendars"), toast.failed);
  return (
    <tr>
      <td className="sn-number">
        {day.day} {dayjs(day.day).format("ddd")}
      </td>
      <td>{day.name || "—"}</td>
      <td>{day.hours.length === 0 ? <Status>{t("closed")}</Status> : hoursText(day.hours)}</td>
      <td className="sn-soft">{t(`source_${day.source}`)}</td>
      <td>
        {day.source === "person" && may("org.calendar_write") ? (
          <button type="button" className="sn-link" onClick={() => void clear()}>
            {t("clearDay")}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

interface Values {
  day: Dayjs;
  name?: string;
  hours: Span[];
}

function DayForm({
  calendar,
  open,
  onClose,
}: {
  calendar: Calendar;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const save = ({ day, name, hours }: Values, key: string) =>
    api.put("/api/org/calendars/{calendar_id}/days/{day}", {
      path: { calendar_id: calendar.id, day: day.format("YYYY-MM-DD") },
      body: { name: name ?? "", hours: hours as never },
      key,
    });
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t("addDay")}
      initialValues={{ hours: [] }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/calendars")}
    >
      <Field name="day" label={t("day")} required>
        <DatePicker style={{ width: "100%" }} />
      </Field>
      <Field name="name" label={t("dayName")}>
        <Input maxLength={60} />
      </Field>
      <Field name="hours" label={t("dayHours")}>
        <HoursInput label={t("dayHours")} />
      </Field>
    </FormDrawer>
  );
}
