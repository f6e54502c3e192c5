import { Button, Space } from "antd";
import { type ReactNode } from "react";

import { useToast } from "@/kit/desk/feedback";

import { texts } from "./texts";

/** The progress page's signed address, to send to the customer. */
export function CustomerLink({ path }: { path: string }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const copy = () =>
    void navigator.clipboard.writeText(new URL(path, location.href).href).then(() => toast.done(t("copied")));
  return (
    <Space>
      <a href={path} target="_blank" rel="noreferrer">
        {t("customerPage")}
      </a>
      <Button size="small" onClick={copy}>
        {t("copyLink")}
      </Button>
    </Space>
  );
}
