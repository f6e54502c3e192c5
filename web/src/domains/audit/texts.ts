import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("audit", {
  title: ["审计日志", "Audit log"],
  purpose: [
    "谁在什么时候做了什么，改前改后各是什么。只增不改。",
    "Who did what and when, before and after. Rows are only ever added.",
  ],
  at: ["时间", "Time"],
  by: ["操作人", "By"],
  action: ["操作", "Action"],
  house: ["系统", "The system"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
  subject: ["对象", "Subject"],
  sensitive: ["敏感", "Sensitive"],
  onlySensitive: ["仅看敏感操作", "Sensitive only"],
  request: ["请求编号", "Request"],
  change: ["变更", "Changes"],
  field: ["字段", "Field"],
  before: ["变更前", "Before"],
  after: ["变更后", "After"],
  noChange: ["这项操作没有改动字段。", "This action changed no field."],
  empty: ["还没有记录", "Nothing recorded yet"],
  emptyHint: [
    "任何人新建、修改、查看敏感信息后，都会在这里留下一行。",
    "Whenever somebody creates, changes or sees sensitive data, a row appears here.",
  ],
  period: ["时间", "Time"],
});
