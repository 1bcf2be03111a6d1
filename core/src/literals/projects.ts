import type { AddressPath } from "./address-path.ts";
import { type AddressProject, knownProjects } from "./table/known-projects.ts";

/** Whose a field of the table is. */
export function projectOf({ groups, path }: Pick<AddressPath, "groups" | "path">, kind: string): AddressProject {
  const isOf = ({ kinds, paths }: AddressProject) => kinds?.includes(kind) === true && (paths?.test(path) ?? true);
  const found =
    knownProjects.find((project) => groups?.some((group) => group !== "" && project.groups?.includes(group))) ??
    knownProjects.find(isOf) ??
    knownProjects.find((project) => groups?.some((group) => project.groups?.includes(group)));
  if (!found) throw new Error(`core/src/literals/table/known-projects.ts does not say whose ${kind} ${path} is`);
  return found;
}
