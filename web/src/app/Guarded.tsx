import { type ReactNode } from "react";

import { defineTexts } from "@/kit/i18n";
import { useMay } from "@/kit/session";
import { Empty } from "@/kit/states";

const texts = defineTexts("guard", {
  title: ["没有权限打开这个页面", "You may not open this page"],
  hint: [
    "请联系系统管理员，给你的角色加上这项权限。",
    "Ask an administrator to give your role this permission.",
  ],
});

/** Draws the page for those who may see it, and words for the others. */
export function Guarded({
  permission,
  children,
}: {
  permission?: string | readonly string[];
  children: ReactNode;
}): ReactNode {
  const may = useMay();
  const t = texts.use();
  return may(permission) ? children : <Empty title={t("title")} hint={t("hint")} />;
}
