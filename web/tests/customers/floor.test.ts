import { describe, expect, it } from "vitest";

import { findFloor } from "@/domains/customers/sidebar/floor";

describe("the floor in a chat", () => {
  it.each([
    ["新空调要装在 6 楼，外墙没有平台", 6],
    ["装在6层可以吗", 6],
    ["我家十二楼", 12],
    ["二十楼", 20],
    ["顶楼是 33F", 33],
    ["3 号楼 6 楼", 6],
  ])("reads %s", (line, floor) => {
    expect(findFloor([line])?.floor).toBe(floor);
  });

  it.each(["3 号楼 2 单元", "1 楼栋", "下午 3 点", "5.5 层", "500 楼", "没有说"])(
    "reads none in %s",
    (line) => {
      expect(findFloor([line])).toBeNull();
    },
  );

  it("takes what was said last, with its words", () => {
    expect(findFloor(["装在 3 楼", "不对，是 6 楼", "谢谢"])).toEqual({ floor: 6, words: "不对，是 6 楼" });
  });
});
