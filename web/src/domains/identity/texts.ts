import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("identity", {
  product: ["枢纽 Shuniu", "Shuniu"],
  promise: ["从一句客户消息，到一笔结清的工单", "From a customer's message to a settled work order"],
  username: ["用户名", "User name"],
  password: ["密码", "Password"],
  signIn: ["登录", "Sign in"],
  demo: ["演示数据：点一个账号直接登录", "Demo company: press an account to sign in"],
  me: ["个人设置", "My settings"],
  mePurpose: ["你的账号、语言、密码和通知方式。", "Your account, language, password and notices."],
  account: ["账号", "Account"],
  name: ["姓名", "Name"],
  unit: ["所属单元", "Unit"],
  position: ["岗位", "Position"],
  language: ["语言", "Language"],
  changePassword: ["修改密码", "Change password"],
  oldPassword: ["现在的密码", "Present password"],
  newPassword: ["新密码", "New password"],
  newPasswordHint: [
    "至少 10 位，不要用常见密码；其他设备会退出登录。",
    "At least 10 characters and not a common one; other devices are signed out.",
  ],
  repeat: ["再输一次", "Once more"],
  differs: ["两次输入不一致", "The two differ"],
  changed: ["密码已修改", "Password changed"],
  notices: ["通知方式", "Notices"],
});
