import { App } from "antd";
import { type ReactNode, useMemo } from "react";

import { kitTexts } from "../kitTexts";
import { Problem } from "../problem";

export interface Toast {
  /** It worked; with `undo`, a button takes it back for eight seconds. */
  done: (text: string, undo?: () => Promise<unknown>) => void;
  /** It did not; says the server's words. */
  failed: (error: unknown) => void;
  info: (text: string) => void;
}

export interface Question {
  title: ReactNode;
  /** What will happen, in numbers. */
  content?: ReactNode;
  /** A verb: 关闭工单. */
  action: string;
  danger?: boolean;
}

export function useToast(): Toast {
  const { message } = App.useApp();
  return useMemo<Toast>(() => {
    const failed = (error: unknown) => {
      const text = error instanceof Problem ? error.message : kitTexts.t("failed");
      void message.error({ content: <span role="alert">{text}</span>, duration: 5 });
    };
    return {
      failed,
      info: (text) => void message.info(text),
      done: (text, undo) => {
        if (!undo) return void message.success(text);
        const key = `undo-${text}-${performance.now()}`;
        const back = () => {
          message.destroy(key);
          undo().then(() => void message.success(kitTexts.t("undone")), failed);
        };
        void message.success({
          key,
          duration: 8,
          content: (
            <>
              {text}{" "}
              <button type="button" className="sn-link" onClick={back}>
                {kitTexts.t("undo")}
              </button>
            </>
          ),
        });
      },
    };
  }, [message]);
}

/** Only for what cannot be undone. `if (await confirm({ title, content: "将向 12 人发送", action: "发送" })) …` */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp();
  return useMemo(
    () => (question) =>
      new Promise<boolean>((answer) => {
        modal.confirm({
          title: question.title,
          content: question.content,
          okText: question.action,
          cancelText: kitTexts.t("cancel"),
          okButtonProps: { danger: question.danger ?? false },
          autoFocusButton: "cancel",
          onOk: () => answer(true),
          onCancel: () => answer(false),
        });
      }),
    [modal],
  );
}
