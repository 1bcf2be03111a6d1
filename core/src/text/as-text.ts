/**
 * A value of somebody's JSON or YAML where a text is wanted. `String` throws for an object whose own `toString` and `valueOf` are
 * no functions, and anybody can write one.
 */
export function asText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? `[${value.map(asText).join(", ")}]` : "an object";
}
