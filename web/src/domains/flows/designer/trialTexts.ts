import { defineTexts } from "@/kit/i18n";

export const trialTexts = defineTexts("flow_trial", {
  title: ["试跑", "Try it"],
  purpose: [
    "用一张假的单走一遍：不发通知、不动数据；改答案就重新走",
    "A made-up order goes through: nothing is sent or kept; change an answer and it goes again",
  ],
  place: ["在哪个单位试", "In which unit"],
  facts: ["单上的内容", "What the order says"],
  steps: ["走到的步骤", "Steps"],
  answer: ["{{name}}：怎么处理", "{{name}}: outcome"],
  when: ["{{name}}：多久后处理", "{{name}}: after how long"],
  after_0: ["马上", "At once"],
  after_60: ["1 小时后", "After 1 hour"],
  after_480: ["8 小时后", "After 8 hours"],
  after_1440: ["1 天后", "After 1 day"],
  after_4320: ["3 天后", "After 3 days"],
  asked: ["会收到：{{names}}", "Asked: {{names}}"],
  nobody: ["现在找不到人", "Nobody is found now"],
  customer: ["客户", "The customer"],
  system: ["系统自动", "The system"],
  ended: ["流程走完，用时 {{time}}", "It went through in {{time}}"],
  running: ["停在这里：{{why}}", "It stands here: {{why}}"],
  faulty: ["先修正问题，再试跑", "Mend the problems first"],
  elapsed: ["第 {{time}}", "{{time}} in"],
  begin: ["开始时", "At the start"],
});
