import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("identity", {
  product: ["枢纽 Shuniu", "Shuniu"],
  promise: ["从一句客户消息，到一笔结清的工单", "From a customer's message to a settled work order"],
  username: ["用户名", "User name"],
  password: ["密码", "Password"],
  signIn: ["登录", "Sign in"],
  demo: ["演示数据：点一个账号直接登录", "Demo company: press an account to sign in"],
});
