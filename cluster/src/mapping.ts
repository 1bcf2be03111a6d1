import { isMapping, type Json } from "#core/policy/read.ts";

export { isMapping };

/** A mapping of YAML or JSON whose fields are still to be looked at. */
export type Mapping = Json;

/** A field that is itself a mapping; an empty one otherwise. */
export function mappingIn(fields: Mapping | undefined, name: string): Mapping {
  const value = fields?.[name];
  return isMapping(value) ? value : {};
}

/** A field that is a text and not empty. */
export function textIn(fields: Mapping | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
