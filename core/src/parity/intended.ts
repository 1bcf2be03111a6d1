import { refText } from "../policy/ref.ts";
import type { Difference, Intended } from "./model.ts";

/** What somebody declared of a difference; undefined if nobody wants it. */
export function intendedBy(difference: Difference, declared: readonly Intended[]): Intended | undefined {
  const policy = refText(difference.divergence.policy);
  return declared.find(
    ({ policy: pattern, open }) => (open === undefined || open === difference.open) && matches(pattern, policy),
  );
}

/** `*` stands for any text without a slash. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(text);
}
