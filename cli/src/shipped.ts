import { join } from "node:path";

/** A file that is shipped with the command line: beside the bundle's folder, or at the project's top when run from the sources. */
export function shipped(path: string): string {
  const here = import.meta.dirname;
  return join(here, here.endsWith(join("cli", "src")) ? "../.." : "..", path);
}
