import { type ReactNode } from "react";
import { Link } from "react-router";

import { defineTexts } from "@/kit/i18n";
import { Empty } from "@/kit/states";

const texts = defineTexts("not-found", {
  title: ["没有这个页面", "There is no such page"],
  hint: ["地址可能写错了，或者页面已经搬走。", "The address may be wrong, or the page has moved."],
  home: ["回到首页", "Go home"],
});

export default function NotFoundPage(): ReactNode {
  const t = texts.use();
  return <Empty title={t("title")} hint={t("hint")} action={<Link to="/">{t("home")}</Link>} />;
}
