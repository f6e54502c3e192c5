import { readFileSync } from "node:fs";
import { join } from "node:path";

import { BpmnModdle } from "bpmn-moddle";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../tests/core/flow/bpmn/written");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("bpmn-js reads what the product writes without a warning, and saves all of it", async () => {
  const moddle = new BpmnModdle();
  const { rootElement, warnings } = await moddle.fromXML(read("every_node.bpmn"));
  expect(warnings).toEqual([]);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  // tests/core/flow/bpmn/test_other_tools.py shows that the product reads the saved file back as the same flow
  expect(xml).toBe(read("every_node.moddle.bpmn"));
});
