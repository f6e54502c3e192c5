import { defineTexts } from "@/kit/i18n";

export const actTexts = defineTexts("flow_acts", {
  more: ["更多操作", "More"],
  reason: ["原因", "Reason"],
  reasonOptional: ["说明（选填）", "Note (optional)"],
  returnTo: ["退回到", "Return to"],
  back: ["改好后直接回到这一步", "Come straight back here afterwards"],
  person: ["选择同事", "Choose a colleague"],
  people: ["选择同事（可多选）", "Choose colleagues"],
  find: ["按姓名查找", "Find by name"],
  where: ["加签顺序", "Order"],
  before: ["在我之前", "Before me"],
  after: ["在我之后", "After me"],
  done: ["已完成", "Done"],
  task: ["办理", "Task"],
  onPhone: ["这一步要填表单，请在手机端办理", "This step has a form; handle it on the phone"],
  nobody: ["没有找到同事", "No colleague found"],
});
