import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Input } from "antd";
import { beforeEach, expect, test, vi } from "vitest";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field, fieldPath } from "@/kit/desk/form";
import { setLocale } from "@/kit/i18n";

import { draw } from "./draw";
import { server } from "./server";

interface Values {
  name: string;
}

beforeEach(() => setLocale("zh-CN"));

function open(onClose = vi.fn()) {
  draw(
    <FormDrawer<Values>
      open
      onClose={onClose}
      title="新建"
      submitText="新建"
      onSubmit={(body, key) => api.post("/api/things", { body, key })}
    >
      <Field name="name" label="名称" required>
        <Input />
      </Field>
    </FormDrawer>,
  );
  return onClose;
}

test("a required field says which it is, and nothing is sent", async () => {
  const asked = server({});
  open();
  await userEvent.click(screen.getByRole("button", { name: "新建" }));
  expect(await screen.findByText("请填写名称")).toBeVisible();
  expect(asked).toEqual([]);
});

test("an error of the server stands beside its field, once, and the mended form goes under the same key", async () => {
  let taken = true;
  const refused = {
    status: 422,
    body: { title: "名称已被使用", code: "taken", errors: [{ field: "name", message: "名称已被使用" }] },
  };
  const asked = server({ "POST /api/things": () => (taken ? refused : { body: { id: 1 } }) });
  const onClose = open();
  await userEvent.type(screen.getByLabelText("名称"), "甲");
  await userEvent.click(screen.getByRole("button", { name: "新建" }));
  expect(await screen.findAllByText("名称已被使用")).toHaveLength(1);
  expect(screen.getByLabelText("名称")).toHaveValue("甲");
  taken = false;
  await userEvent.type(screen.getByLabelText("名称"), "乙");
  await userEvent.click(screen.getByRole("button", { name: "新建" }));
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  expect(asked.map((one) => one.body)).toEqual([{ name: "甲" }, { name: "甲乙" }]);
  expect(asked[0]?.key).toMatch(/^[\x21-\x7e]{8,128}$/);
  expect(asked[1]?.key).toBe(asked[0]?.key);
});

test("a failure of no field stands on top, and what was typed stays", async () => {
  server({ "POST /api/things": { status: 409, body: { title: "已被他人处理", code: "flow.work_taken" } } });
  open();
  await userEvent.type(screen.getByLabelText("名称"), "甲");
  await userEvent.click(screen.getByRole("button", { name: "新建" }));
  expect(await screen.findByText("已被他人处理")).toBeVisible();
  expect(screen.getByLabelText("名称")).toHaveValue("甲");
});

test("unsaved changes are asked about before they go", async () => {
  const onClose = open();
  await userEvent.type(screen.getByLabelText("名称"), "甲");
  await userEvent.click(screen.getByRole("button", { name: "取消" }));
  expect(screen.getByText("有未保存的修改")).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "放弃修改" }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

test("the server's names of fields become the form's", () => {
  expect(fieldPath("lines.0.price")).toEqual(["lines", 0, "price"]);
});
