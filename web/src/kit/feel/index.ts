/**
 * Rules in the browser: runs the tree that the server made of a FEEL text, without a server and without a parser.
 * The values are those of the server, digit for digit; what is missing here ends in `FeelUnsupported`.
 */
import { Interpreter } from "./interpret";
import { FeelError } from "./errors";
import { adopt } from "./json";
import { Run } from "./run";
import { readMoment } from "./temporal";
import type { FeelTree } from "./tree";
import type { Context, Value } from "./values";

export { FeelError, FeelOverBudget, FeelUnsupported } from "./errors";
export { adopt, jsonText, textOf } from "./json";
export { Num, readNumber } from "./numbers";
export type { FeelTree } from "./tree";
export type { Value } from "./values";

const VERSION = 1;

export interface Moment {
  /** What `now()` answers, as ISO 8601; null without one. */
  now?: string;
  /** What `?` stands for in unary tests. */
  tested?: unknown;
  /** How many steps the rule may take. */
  steps?: number;
}

/** The value of a tree over the values of a form (see `adopt`); a name that is missing is null. */
export function evaluate(program: FeelTree, values: Record<string, unknown>, moment: Moment = {}): Value {
  if (program.feel !== VERSION) throw new FeelError(`a tree of version ${program.feel}, not ${VERSION}`);
  const now = moment.now === undefined ? null : readMoment(moment.now);
  const context: Context = new Map(Object.entries(values).map(([name, value]) => [name, adopt(value)]));
  return new Interpreter(new Run(now, moment.steps), context, adopt(moment.tested)).value(program.tree);
}
