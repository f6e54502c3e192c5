import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("notices", {
  title: ["通知", "Notices"],
  purpose: ["派给你的工单、审批和提醒。", "Orders, approvals and reminders for you."],
  unread: ["未读", "Unread"],
  notice: ["内容", "Notice"],
  at: ["时间", "Time"],
  urgent: ["紧急", "Urgent"],
  preferences: ["接收方式", "How they arrive"],
  preferencesHint: ["紧急通知总会送达。", "Urgent ones always arrive."],
  kind: ["通知", "Notice"],
  bell: ["站内", "Bell"],
  wecom: ["企业微信", "WeCom"],
  readAll: ["全部已读", "Mark all read"],
  noKinds: ["还没有可以设置的通知。", "There are no notices to set yet."],
});
