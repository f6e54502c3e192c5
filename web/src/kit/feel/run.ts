import { FeelOverBudget } from "./errors";
import type { Moment } from "./values";

export const MAX_STEPS = 2_000_000;
export const MAX_ITEMS = 100_000;
const MAX_STRING = 1_000_000;
const MAX_CALLS = 60;
const MAX_DEPTH = 200;

/** What one evaluation carries: the moment it is made at, and how many steps are left. */
export class Run {
  private calls = 0;
  private depth = 0;

  constructor(
    readonly now: Moment | null = null,
    private steps = MAX_STEPS,
  ) {}

  spend(count: number): void {
    this.steps -= count;
    if (this.steps < 0) throw new FeelOverBudget("too many steps");
  }

  /** Accounts for a list being made. */
  items(count: number): void {
    if (count > MAX_ITEMS) throw new FeelOverBudget(`at most ${MAX_ITEMS} items in a list`);
    this.spend(count);
  }

  /** Accounts for a text being made. */
  text(length: number): void {
    if (length > MAX_STRING) throw new FeelOverBudget(`at most ${MAX_STRING} characters in a string`);
    this.spend(Math.floor(length / 100));
  }

  /** One node deeper while `work` runs. */
  below<T>(work: () => T): T {
    if (++this.depth > MAX_DEPTH * MAX_CALLS) throw new FeelOverBudget("nested too deeply");
    try {
      return work();
    } finally {
      this.depth--;
    }
  }

  /** A call of a function made by the rule. */
  calling<T>(work: () => T): T {
    this.spend(10);
    if (++this.calls > MAX_CALLS) throw new FeelOverBudget(`at most ${MAX_CALLS} nested function calls`);
    try {
      return work();
    } finally {
      this.calls--;
    }
  }
}
