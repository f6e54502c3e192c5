import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("progress", {
  title: ["服务进度", "Your service"],
  worker: ["上门师傅", "Your field worker"],
  address: ["服务地址", "Address"],
  number: ["工单号", "Order no."],
  confirm: ["确认服务完成", "Confirm the work is done"],
  confirmAsk: ["师傅已完工，请确认服务完成。", "The work is done. Please confirm."],
  confirmUntil: ["{{time}} 前未确认将自动确认", "It will be confirmed by itself on {{time}}"],
  rateAsk: ["请为本次服务打分", "How was our service?"],
  stars: ["服务评分", "Rating"],
  solved: ["问题解决了吗？", "Was everything solved?"],
  yes: ["已解决", "Yes"],
  no: ["没有", "No"],
  comment: ["想说的话（选填）", "Anything to add? (optional)"],
  submit: ["提交评价", "Send"],
  thanks: ["感谢您的评价", "Thank you for your rating"],
  closed: ["服务已结束，感谢您的信任。", "All done. Thank you for your trust."],
  retry: ["重试", "Try again"],
  sending: ["正在提交…", "Sending…"],
  chooseStars: ["请先点亮星星", "Please choose your stars first"],
  unreachable: ["网络不通，请稍后重试", "No connection; please try again"],
});
