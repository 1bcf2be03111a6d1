import { type Clause, families } from "./model.ts";
import { isMapping, type Json } from "./read.ts";
import { unknownTruth } from "./truth.ts";

/** A clause that nobody can check, because the flow and the objects given do not tell. */
export function unknowable(path: string, text: string, because: string): Clause {
  return { path, text, families, matches: () => unknownTruth(because) };
}

/** A clause that is written as no server accepts it. */
export function unreadable(path: string, text: string, because: string): Clause {
  return { ...unknowable(path, text, because), doubt: because };
}

/**
 * A doubt for every field that should be a list of mappings and is not, so that what the API server would refuse is never taken
 * for an empty list, which often means "everything". The server itself reads null as absent.
 */
export function misshapen(rule: unknown, path: string, fields: readonly string[]): readonly Clause[] {
  if (rule === null || rule === undefined) return [];
  if (!isMapping(rule)) return [odd(path)];
  return fields.flatMap((field) => (isListOfMappings(rule, field) ? [] : [odd(`${path}.${field}`)]));
}

function isListOfMappings(rule: Json, field: string): boolean {
  const value = rule[field];
  if (value === undefined || value === null) return true;
  return Array.isArray(value) && value.every((item) => item === null || isMapping(item));
}

function odd(path: string): Clause {
  return unreadable(path, "something unreadable", `${path} does not have the shape that the API server accepts`);
}
