import { expect, test } from "vitest";

import { compressImage, fit } from "@/kit/image";

test("the long edge is bounded, the shape kept, nothing is made larger", () => {
  expect(fit(4000, 3000)).toEqual({ width: 1920, height: 1440 });
  expect(fit(3000, 4000)).toEqual({ width: 1440, height: 1920 });
  expect(fit(800, 600)).toEqual({ width: 800, height: 600 });
});

test("what is no photo, or cannot be read, leaves as it is", async () => {
  const pdf = new File(["x"], "a.pdf", { type: "application/pdf" });
  expect(await compressImage(pdf)).toBe(pdf);
  const broken = new File(["x"], "a.jpg", { type: "image/jpeg" });
  expect(await compressImage(broken)).toBe(broken);
});
