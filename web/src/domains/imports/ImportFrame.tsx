import { Steps } from "antd";
import { type ReactNode } from "react";

import { PageFrame, Section } from "@/kit/desk/PageFrame";

import { texts } from "./texts";

/** The four steps on top of whichever is being done. */
export function ImportFrame({
  step,
  title,
  children,
}: {
  step: number;
  title?: string;
  children: ReactNode;
}): ReactNode {
  const t = texts.use();
  return (
    <PageFrame title={title ?? t("start")} purpose={t("purpose")} back="/console/imports">
      <Section>
        <Steps
          current={step}
          items={[t("step1"), t("step2"), t("step3"), t("step4")].map((name) => ({ title: name }))}
        />
      </Section>
      <Section>{children}</Section>
    </PageFrame>
  );
}
