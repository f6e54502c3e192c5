import { defineTexts } from "@/kit/i18n";

export const openOrderTexts = defineTexts("insights_open_orders", {
  title: ["进行中的工单", "Orders in progress"],
  light: ["时限", "Time"],
  no: ["工单号", "No."],
  need: ["需求", "Need"],
  priority: ["优先级", "Priority"],
  customer: ["客户", "Customer"],
  step: ["当前节点", "Step"],
  waitingFor: ["在等谁", "Waiting for"],
  theCustomer: ["客户", "The customer"],
  due: ["截止", "Due"],
  none: ["没有进行中的工单", "Nothing in progress"],
  noneHint: [
    "客服在企业微信侧边栏点“建工单”，或在工单页新建，这里就会出现",
    "Orders made in the WeCom side bar or on the orders page appear here",
  ],
});
