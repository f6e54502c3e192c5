import { type ReactNode } from "react";
import { Link } from "react-router";

import { Facts, PageFrame, Section } from "@/kit/desk/PageFrame";
import { defineTexts } from "@/kit/i18n";
import { useMay } from "@/kit/session";

const texts = defineTexts("help", {
  title: ["帮助", "Help"],
  purpose: ["一条主线，几个按键，常做的事在哪里。", "One line, a few keys, and where the usual things are."],
  line: ["一条主线", "One line"],
  line1: [
    "客户在企业微信里说了一句话，客服打开侧边栏，一键建工单。",
    "A customer writes in WeCom; the agent opens the side bar and makes a work order with one press.",
  ],
  line2: [
    "工单按流程走：派单、接单、上门、客户确认、满意度回访、关闭。每个节点有时限和红黄绿灯。",
    "The order follows its flow: dispatch, accept, visit, the customer's confirmation, survey, close. Every node has a limit and a light.",
  ],
  line3: [
    "完工后自动结算：待确认、已确认、可提现、打款中、已到账。每个金额点开都能看到怎么算的。",
    "Settlement follows by itself: earned, confirmed, withdrawable, in transit, paid. Every amount opens to how it was worked out.",
  ],
  keys: ["按键", "Keys"],
  search: ["搜索客户、订单、人员、页面", "Search customers, orders, people, pages"],
  close: ["关闭抽屉或窗口", "Close a drawer or window"],
  enter: ["打开选中的行", "Open the row in focus"],
  where: ["常做的事", "Usual things"],
  orders: ["看工单卡在哪里", "See where orders wait"],
  payouts: ["给师傅打款", "Pay field workers"],
  settings: ["看一个设置从哪里来", "See where a setting comes from"],
  staff: ["新建或导入员工", "Add or import staff"],
  parked: ["处理失败的事件", "Decide on failed events"],
});

const LINKS = [
  { path: "/console/work-orders", key: "orders", permission: "work_order.read" },
  { path: "/console/settlement/payouts", key: "payouts", permission: "settlement.payout_read" },
  { path: "/console/staff", key: "staff", permission: "org.staff_read" },
  { path: "/console/settings", key: "settings", permission: "org.setting_read" },
  { path: "/console/events", key: "parked", permission: "hub.read" },
] as const;

/** What somebody new needs on the first day. */
export default function HelpPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  return (
    <PageFrame title={t("title")} purpose={t("purpose")}>
      <Section title={t("line")}>
        <ol className="sn-help">
          <li>{t("line1")}</li>
          <li>{t("line2")}</li>
          <li>{t("line3")}</li>
        </ol>
      </Section>
      <Section title={t("where")}>
        <ul className="sn-help">
          {LINKS.filter((link) => may(link.permission)).map((link) => (
            <li key={link.path}>
              <Link to={link.path}>{t(link.key)}</Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("keys")}>
        <Facts
          items={[
            { label: <kbd className="sn-kbd">Ctrl K</kbd>, value: t("search") },
            { label: <kbd className="sn-kbd">Enter</kbd>, value: t("enter") },
            { label: <kbd className="sn-kbd">Esc</kbd>, value: t("close") },
          ]}
        />
      </Section>
    </PageFrame>
  );
}
