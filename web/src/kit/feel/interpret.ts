import { negate, OPERATIONS } from "./arithmetic";
import { both, compare, equal, holds, inSpan, kindOf, type Order } from "./compare";
import { FeelOverBudget, FeelUnsupported } from "./errors";
import { FUNCTIONS } from "./functions";
import { constant } from "./json";
import { indexAt } from "./lists";
import { iterated, steps } from "./loops";
import { Num } from "./numbers";
import { propertyOf } from "./properties";
import { MAX_ITEMS, type Run } from "./run";
import { mentions, nodeIn, nodesIn, textIn, type FeelNode } from "./tree";
import { Lambda, Span, type Answer, type Context, type Value } from "./values";

/** What a name may mean further in: a local, or the fields of the item a filter looks at. Innermost first. */
type Scope =
  | { outer: Scope; name: string; value: Value }
  | { outer: Scope; item: Value; fields: string[]; isOpen: boolean }
  | null;

const ORDERS = ["<", "<=", ">", ">="];
const SCALARS = [
  "number",
  "string",
  "boolean",
  "date",
  "time",
  "date and time",
  "days and time duration",
  "years and months duration",
  "Null",
];

/** Runs a tree over a context. `tested` is what `?` stands for. */
export class Interpreter {
  constructor(
    private readonly run: Run,
    private readonly context: Context,
    private readonly tested: Value = null,
  ) {}

  value(node: FeelNode, scope: Scope = null): Value {
    this.run.spend(1);
    return this.run.below(() => this.dispatch(node, scope));
  }

  private dispatch(node: FeelNode, scope: Scope): Value {
    const at = (field: string) => this.value(nodeIn(node, field), scope);
    switch (node.k) {
      case "Literal":
        return constant(node.value);
      case "Name":
        return this.named(node, scope);
      case "Input":
        return this.tested;
      case "Path":
        return propertyOf(this.run, at("base"), textIn(node, "name"));
      case "Negate":
        return negate(at("operand"));
      case "Arithmetic":
        return this.calculated(textIn(node, "op"), at("left"), at("right"));
      case "Compare":
        return this.compared(textIn(node, "op"), at("left"), at("right"));
      case "Between":
        return this.between(at("value"), at("low"), at("high"));
      case "And":
        return this.junction(nodesIn(node, "items"), scope, false);
      case "Or":
        return this.junction(nodesIn(node, "items"), scope, true);
      case "If":
        return at("condition") === true ? at("then") : at("otherwise");
      case "In":
        return this.passes(at("value"), nodesIn(node, "tests"), scope);
      case "UnaryTests":
        return this.unaryTests(node, scope);
      case "RangeLiteral":
        return range(node, at("low"), at("high"));
      case "UnaryCompare":
        return unaryRange(textIn(node, "op"), at("operand"));
      default:
        return this.structure(node, scope);
    }
  }

  private structure(node: FeelNode, scope: Scope): Value {
    switch (node.k) {
      case "ListLiteral": {
        const items = nodesIn(node, "items");
        this.run.items(items.length);
        return items.map((item) => this.value(item, scope));
      }
      case "ContextLiteral":
        return this.contextLiteral(nodesIn(node, "entries"), scope);
      case "Filter":
        return this.filtered(node, scope);
      case "For":
        return this.looped(node, scope);
      case "Quantified":
        return this.quantified(node, scope);
      case "Call":
        return this.called(node, scope);
      case "FunctionLiteral":
        return this.lambda(node, scope);
      case "InstanceOf":
        return this.isInstance(this.value(nodeIn(node, "value"), scope), node.asked);
      default:
        throw new FeelUnsupported(`construct ${node.k}`);
    }
  }

  /** The nearest binding; on the way out, items that may have the field are asked first. */
  private named(node: FeelNode, scope: Scope): Value {
    const name = textIn(node, "name");
    for (let here = scope; here; here = here.outer) {
      if ("name" in here) {
        if (here.name === name && node.origin !== "input") return here.value;
      } else if (here.fields.includes(name) && node.origin === "field") {
        return here.item instanceof Map ? (here.item.get(name) ?? null) : null;
      } else if (here.isOpen && here.item instanceof Map && here.item.has(name)) {
        return here.item.get(name) ?? null;
      }
    }
    if (node.origin !== "builtin") return this.context.get(name) ?? null;
    const builtin = FUNCTIONS.get(name);
    if (!builtin) throw new FeelUnsupported(`function ${name}`);
    return new Lambda([], (args) => builtin(this.run, args, null), true);
  }

  private calculated(op: string, left: Value, right: Value): Value {
    const operation = OPERATIONS[op];
    if (!operation) throw new FeelUnsupported(`operator ${op}`);
    return operation(this.run, left, right);
  }

  private compared(op: string, left: Value, right: Value): Answer {
    if (ORDERS.includes(op)) return compare(op as Order, left, right);
    if (op !== "=" && op !== "!=") throw new FeelUnsupported(`operator ${op}`);
    const same = equal(this.run, left, right);
    return op === "=" || same === null ? same : !same;
  }

  private between(value: Value, low: Value, high: Value): Answer {
    return both(compare(">=", value, low), compare("<=", value, high));
  }

  /** Three-valued: `decisive` settles it, else null if any item is not a boolean, else its opposite. */
  private junction(items: FeelNode[], scope: Scope, decisive: boolean): Answer {
    let answer: Answer = !decisive;
    for (const item of items) {
      const value = this.value(item, scope);
      if (value === decisive) return decisive;
      if (value !== !decisive) answer = null;
    }
    return answer;
  }

  /** Whether the value passes any of the tests. */
  private passes(value: Value, tests: FeelNode[], scope: Scope): Answer {
    let answer: Answer = false;
    for (const test of tests) {
      const passed = this.outcome(value, test, scope);
      if (passed === true) return true;
      if (passed === null) answer = null;
    }
    return answer;
  }

  private outcome(value: Value, test: FeelNode, scope: Scope): Answer {
    if (test.k === "UnaryCompare") {
      return this.compared(textIn(test, "op"), value, this.value(nodeIn(test, "operand"), scope));
    }
    const outcome = this.value(test, scope);
    if (typeof outcome === "boolean" && test.k !== "Literal") {
      if (mentions(test, "Input")) return outcome;
      if (typeof value !== "boolean" && !Array.isArray(value)) return outcome;
    }
    if (test.k === "RangeLiteral" && outcome instanceof Span) return inSpan(value, outcome);
    return holds(this.run, value, outcome);
  }

  private unaryTests(node: FeelNode, scope: Scope): Answer {
    const tests = nodesIn(node, "tests");
    if (tests.length === 0) return true;
    const passed = this.passes(this.tested, tests, scope);
    return passed === null ? null : passed !== node.negated;
  }

  /** Entries in order, each seen by those after it; null when a key is there twice. */
  private contextLiteral(entries: FeelNode[], scope: Scope): Value {
    const made: Context = new Map();
    this.run.items(entries.length);
    if (new Set(entries.map((entry) => entry.name)).size < entries.length) return null;
    let inner = scope;
    for (const entry of entries) {
      const name = textIn(entry, "name");
      const value = this.value(nodeIn(entry, "value"), inner);
      made.set(name, value);
      inner = { outer: inner, name, value };
    }
    return made;
  }

  private filtered(node: FeelNode, scope: Scope): Value {
    const base = this.value(nodeIn(node, "base"), scope);
    const items = Array.isArray(base) ? base : base === null ? [] : [base];
    const condition = nodeIn(node, "condition");
    const fields = node.fields as string[];
    const isOpen = node.open as boolean;
    const test = (item: Value) => {
      const named: Scope = { outer: scope, name: "item", value: item };
      return this.value(condition, { outer: named, item, fields, isOpen });
    };
    if (condition.t === "number") {
      const at = indexAt(test(null), items.length);
      return at === null ? null : (items[at] ?? null);
    }
    this.run.items(items.length);
    const mayBePosition = condition.t !== "boolean";
    const found: Value[] = [];
    for (const item of mayBePosition && items.length === 0 ? [null] : items) {
      const value = test(item);
      if (mayBePosition && value instanceof Num) {
        const at = indexAt(value, items.length);
        return at === null ? null : (items[at] ?? null);
      }
      if (value === true && items.length > 0) found.push(item);
      else if (value !== null && typeof value !== "boolean") return null;
    }
    return found;
  }

  /** Calls `turn` for every combination of the iterators; with null once where a source is null. */
  private turns(
    iterators: FeelNode[],
    scope: Scope,
    turn: (inner: Scope, isThere: boolean) => boolean,
  ): boolean {
    const [first, ...rest] = iterators;
    if (!first) return turn(scope, true);
    const source = this.value(nodeIn(first, "source"), scope);
    const items = first.end
      ? steps(this.run, source, this.value(nodeIn(first, "end"), scope))
      : iterated(this.run, source);
    if (items === null) return turn(scope, false);
    for (const value of items) {
      this.run.spend(1);
      if (!this.turns(rest, { outer: scope, name: textIn(first, "name"), value }, turn)) return false;
    }
    return true;
  }

  private looped(node: FeelNode, scope: Scope): Value {
    const made: Value[] = [];
    const body = nodeIn(node, "body");
    const usesPartial = JSON.stringify(body).includes('"partial"');
    const isWhole = this.turns(nodesIn(node, "iterators"), scope, (inner, isThere) => {
      if (!isThere) return false;
      if (usesPartial) this.run.spend(made.length);
      const value = usesPartial ? [...made] : null;
      made.push(this.value(body, { outer: inner, name: "partial", value }));
      if (made.length > MAX_ITEMS) throw new FeelOverBudget(`at most ${MAX_ITEMS} turns of a loop`);
      return true;
    });
    return isWhole ? made : null;
  }

  private quantified(node: FeelNode, scope: Scope): Answer {
    const decisive = node.every !== true;
    let answer: Answer = !decisive;
    this.turns(nodesIn(node, "iterators"), scope, (inner, isThere) => {
      const value = isThere ? this.value(nodeIn(node, "condition"), inner) : null;
      if (value === decisive) answer = decisive;
      else if (value !== !decisive) answer = null;
      return value !== decisive;
    });
    return answer;
  }

  private called(node: FeelNode, scope: Scope): Value {
    const wanted = nodeIn(node, "function");
    const names = node.names as string[] | null;
    if (wanted.k === "Name" && wanted.origin === "builtin") {
      const builtin = FUNCTIONS.get(textIn(wanted, "name"));
      if (!builtin) throw new FeelUnsupported(`function ${textIn(wanted, "name")}`);
      const args = nodesIn(node, "args").map((arg) => this.value(arg, scope));
      return builtin(this.run, args, names);
    }
    const lambda = this.value(wanted, scope);
    const args = nodesIn(node, "args").map((arg) => this.value(arg, scope));
    if (!(lambda instanceof Lambda)) return null;
    const ordered = names ? byName(lambda.params, args, names) : args;
    if (!ordered || (ordered.length !== lambda.params.length && !lambda.isVariadic)) return null;
    return this.run.calling(() => lambda.call(ordered));
  }

  private lambda(node: FeelNode, scope: Scope): Value {
    if (node.external === true) return null;
    const params = nodesIn(node, "params");
    if (params.some((param) => param.declared != null && param.declared !== "Any")) {
      throw new FeelUnsupported("function with typed parameters");
    }
    const names = params.map((param) => textIn(param, "name"));
    return new Lambda(names, (args) => {
      let inner = scope;
      for (const [at, name] of names.entries()) inner = { outer: inner, name, value: args[at] ?? null };
      return this.value(nodeIn(node, "body"), inner);
    });
  }

  private isInstance(value: Value, asked: unknown): Answer {
    if (asked === null) return null;
    if (asked === "Any") return value !== null;
    if (!SCALARS.includes(asked as string)) throw new FeelUnsupported(`instance of ${String(asked)}`);
    return kindOf(value) === asked;
  }
}

function byName(params: readonly string[], args: Value[], names: string[]): Value[] | null {
  const areOwn = new Set(names).size === names.length && names.every((name) => params.includes(name));
  return areOwn ? params.map((name) => args[names.indexOf(name)] ?? null) : null;
}

/** null where its ends have no order. */
function range(node: FeelNode, low: Value, high: Value): Value {
  if (low !== null && high !== null && compare("<=", low, high) === null) return null;
  return new Span(low, high, node.low_closed === true, node.high_closed === true);
}

/** `< 5` by itself: the range of the values that pass. */
function unaryRange(op: string, value: Value): Value {
  if (value === null || op === "!=") return null;
  if (op === "=") return new Span(value, value, true, true);
  if (op.startsWith("<")) return new Span(null, value, false, op === "<=", true);
  return new Span(value, null, op === ">=", false, true);
}
