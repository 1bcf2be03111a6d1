import { stringify } from "yaml";
import type { KubeObject } from "./cluster.ts";

/** An object as YAML, apiVersion and kind first, without managedFields, which only say who wrote what. */
export function objectYaml({ apiVersion, kind, metadata, ...rest }: KubeObject): string {
  const { managedFields: _, ...shown } = metadata as KubeObject["metadata"] & { managedFields?: unknown };
  return yamlOf({ apiVersion, kind, metadata: shown, ...rest });
}

export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
