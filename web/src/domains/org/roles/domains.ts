import { type Pair, pick } from "@/kit/i18n";

const NAMES: Record<string, Pair> = {
  org: ["组织", "Organisation"],
  audit: ["审计", "Audit"],
  files: ["文件", "Files"],
  hub: ["事件", "Events"],
  jobs: ["后台任务", "Jobs"],
  imports: ["导入", "Imports"],
  channels: ["渠道", "Channels"],
  channel: ["渠道", "Channels"],
  ledger: ["账本", "Ledger"],
  flows: ["流程", "Flows"],
  flow: ["流程", "Flows"],
  customers: ["客户", "Customers"],
  customer: ["客户", "Customers"],
  commerce: ["商品与订单", "Products and orders"],
  product: ["商品", "Products"],
  shop_order: ["订单", "Orders"],
  work_order: ["工单", "Work orders"],
  settlement: ["结算", "Settlement"],
  insights: ["洞察", "Insights"],
};

/** The name of a domain as people know it. */
export const domainName = (domain: string): string => {
  const pair = NAMES[domain];
  return pair ? pick(pair) : domain;
};
