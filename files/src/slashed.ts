import { sep } from "node:path";

/** With `/` between its parts on every system, as core spells paths. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
