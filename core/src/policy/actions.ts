import { unreadable } from "./doubt.ts";
import type { Action, PolicyRule } from "./model.ts";
import { own } from "./read.ts";

/**
 * The rule for an action as it is written. An action that does not exist could do anything, so it becomes two rules that may
 * match: one that allows, one that denies.
 */
export function withAction(
  written: unknown,
  names: Readonly<Record<string, Action>>,
  rule: Omit<PolicyRule, "action">,
): readonly PolicyRule[] {
  const action = typeof written === "string" ? own(names, written) : undefined;
  if (action) return [{ ...rule, action }];
  const text = `action ${JSON.stringify(written) ?? "missing"}`;
  const expected = Object.keys(names).join(", ");
  const because = `${rule.path}.action is ${JSON.stringify(written) ?? "missing"}, which is none of ${expected}`;
  const odd = unreadable(`${rule.path}.action`, text, because);
  return (["allow", "deny"] as const).map((either) => ({
    ...rule,
    action: either,
    conditions: [...rule.conditions, odd],
  }));
}
