import { Button, Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { useSearchParams } from "react-router";

import { Facts, PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { kitTexts } from "@/kit/kitTexts";
import { pick } from "@/kit/i18n";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";

import "../org.css";
import { texts } from "../texts";
import type { Calendar } from "../types";
import { CalendarForm } from "./CalendarForm";
import { Days } from "./Days";
import { WEEKDAYS, hoursText } from "./hours";

export default function CalendarsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const calendars = useRead("/api/org/calendars");
  return (
    <PageFrame
      title={t("calendars")}
      purpose={t("calendarsPurpose")}
      action={
        may("org.calendar_write") ? (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t("addCalendar")}
          </Button>
        ) : null
      }
    >
      <Loaded query={calendars} rows={8}>
        {(all) => {
          const chosen = all.find((one) => one.id === Number(search.get("open"))) ?? all[0];
          if (!chosen) return <Section>{<Empty hint={t("calendarsPurpose")} />}</Section>;
          return (
            <>
              {all.length > 1 ? (
                <Segmented
                  style={{ marginBottom: 16 }}
                  value={chosen.id}
                  onChange={(id) => setSearch({ open: String(id) }, { replace: true })}
                  options={all.map((one) => ({
                    value: one.id,
                    label: pick([one.name, one.name_en || one.name]),
                  }))}
                />
              ) : null}
              <Split main={<Days key={chosen.id} calendar={chosen} />} side={<Week calendar={chosen} />} />
            </>
          );
        }}
      </Loaded>
      <CalendarForm open={creating} onClose={() => setCreating(false)} />
    </PageFrame>
  );
}

function Week({ calendar }: { calendar: Calendar }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  return (
    <Section
      title={t("week")}
      extra={
        may("org.calendar_write") ? (
          <Button size="small" onClick={() => setEditing(true)}>
            {kitTexts.t("edit")}
          </Button>
        ) : null
      }
    >
      <Facts
        items={[
          ...WEEKDAYS.map((day) => ({
            label: t(`weekday_${day}`),
            value: hoursText(calendar.week[day] ?? []),
          })),
          { label: t("zone"), value: calendar.zone },
        ]}
      />
      {calendar.follows_holidays && calendar.known_until ? (
        <p className="sn-soft" style={{ marginBottom: 0 }}>
          {t("knownUntil", { day: calendar.known_until })}
        </p>
      ) : null}
      <CalendarForm
        key={calendar.revision}
        open={editing}
        calendar={calendar}
        onClose={() => setEditing(false)}
      />
    </Section>
  );
}
