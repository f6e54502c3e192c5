import { type ReactNode } from "react";
import { useParams } from "react-router";

import { Card, PhonePage } from "@/kit/phone/PhoneFrame";

import { EarningExplanation } from "./EarningExplanation";
import { texts } from "./texts";

export default function MyEarningPage(): ReactNode {
  const t = texts.use();
  const { id } = useParams();
  return (
    <PhonePage title={t("detail")} back="/m/earnings">
      <Card>
        <EarningExplanation id={Number(id)} />
      </Card>
    </PhonePage>
  );
}
