import { Select } from "antd";
import { type ReactNode, useState } from "react";
import { useParams } from "react-router";

import type { Answer } from "@/kit/api";
import { Facts, PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { Status, type Tone } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { PlanComponent, type PlanDocument } from "./PlanComponent";
import { PlanExample } from "./PlanExample";
import { texts } from "./texts";
import { say } from "./words";

type Version = Answer<"/api/settlement/plans/{plan_id}/versions">[number];

export default function PlanPage(): ReactNode {
  const t = texts.use();
  const plan_id = Number(useParams()["id"]);
  const plan = useRead("/api/settlement/plans/{plan_id}", { path: { plan_id } });
  const versions = useRead("/api/settlement/plans/{plan_id}/versions", { path: { plan_id } });
  return (
    <PageFrame
      title={plan.data ? say(plan.data.name) : t("plans")}
      purpose={t("plansPurpose")}
      back="/console/settlement/plans"
    >
      <Loaded query={versions}>{(found) => <Versions versions={found} />}</Loaded>
    </PageFrame>
  );
}

const TONES: Record<string, Tone> = { error: "bad", warning: "warn", note: "neutral" };

function Versions({ versions }: { versions: readonly Version[] }): ReactNode {
  const t = texts.use();
  const [chosen, setChosen] = useState(versions[0]?.id);
  const version = versions.find((each) => each.id === chosen) ?? versions[0];
  if (!version) return <p className="sn-soft">{t("noPlans")}</p>;
  // what a version says was checked when it was published
  const document = version.document as unknown as PlanDocument;
  return (
    <Split
      main={
        <>
          {document.components.map((component) => (
            <PlanComponent key={component.key} component={component} />
          ))}
        </>
      }
      side={
        <>
          <Section
            title={t("version", { number: version.number })}
            extra={
              versions.length > 1 ? (
                <Select
                  size="small"
                  value={version.id}
                  onChange={setChosen}
                  options={versions.map((each) => ({
                    value: each.id,
                    label: t("version", { number: each.number }),
                  }))}
                  aria-label={t("plan")}
                />
              ) : null
            }
          >
            <About version={version} document={document} />
          </Section>
          <PlanExample key={version.id} versionId={version.id} facts={document.facts} />
        </>
      }
    />
  );
}

function About({ version, document }: { version: Version; document: PlanDocument }): ReactNode {
  const t = texts.use();
  const { rounding } = document;
  return (
    <>
      <Facts
        items={[
          {
            label: t("state"),
            value: (
              <Status tone={version.in_force ? "good" : "neutral"}>
                {t(version.in_force ? "inForce" : "notInForce")}
              </Status>
            ),
          },
          { label: t("scope"), value: version.unit_name || t("everywhere") },
          { label: t("effectiveFrom"), value: <Time at={version.effective_from} show="absolute" /> },
          version.effective_to
            ? { label: t("effectiveTo"), value: <Time at={version.effective_to} show="absolute" /> }
            : null,
          { label: t("periodUnit"), value: t(`unit_${document.period}`) },
          { label: t("confirmation"), value: t(`by_${document.confirmation.by}`) },
          {
            label: t("roundingRule"),
            value: t("places", { mode: t(`mode_${rounding.mode}`), scale: rounding.scale ?? "∞" }),
          },
          { label: t("publishedBy"), value: <Time at={version.published_at} show="absolute" /> },
          { label: t("fingerprint"), value: <code>{version.content_hash.slice(0, 12)}</code> },
        ]}
      />
      {version.problems.map((problem) => (
        <p key={`${problem.place}${problem.code}${problem.text.zh}`} className="sn-soft">
          <Status tone={TONES[problem.severity] ?? "warn"}>{say(problem.text)}</Status>
        </p>
      ))}
    </>
  );
}
