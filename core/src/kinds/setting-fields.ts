import { isOperators } from "../manifest/chart-values.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/**
 * Every scalar in which somebody's program is configured: a chart's values, a YAML file of a ConfigMap, an operator's object. The rules
 * that read them look at any document.
 */
export function* settingFields(resource: Resource): Iterable<Field> {
  if (holdsSettings(resource)) yield* resource.root.scalars();
}

/** What wraps such a thing up is not one. */
export function holdsSettings(resource: Resource): boolean {
  return resource.kind === "HelmValues" || resource.kind === "Yaml" || isOperators(resource);
}

/** The key under which a value stands; that of the list, in a list; the name of a variable. */
export function keyOf({ step, parent }: Field): string {
  if (typeof step === "number") return parent ? keyOf(parent) : "";
  const name = step === "value" && typeof parent?.step === "number" ? parent.get("name")?.text : undefined;
  return name ?? String(step ?? "");
}
