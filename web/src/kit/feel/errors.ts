/** What goes wrong while a rule runs. A mistake inside a value is null, as FEEL has it; these are not values. */
export class FeelError extends Error {
  override name = "FeelError";
}

/** The rule uses a function or construct that is left to the server; `what` names it. */
export class FeelUnsupported extends FeelError {
  override name = "FeelUnsupported";

  constructor(readonly what: string) {
    super(`FEEL in the browser has no ${what}`);
  }
}

/** The rule took more steps, or made a longer list or text, than is allowed. */
export class FeelOverBudget extends FeelError {
  override name = "FeelOverBudget";
}
