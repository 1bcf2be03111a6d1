import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { written } from "./parts.ts";
import type { Source } from "./source.ts";

/** What a kustomization says, as written. {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/} */
export interface Kustomization {
  readonly from: Source;
  readonly root: Field;
  /** It is built into others alone. */
  readonly isComponent: boolean;
  /** Files and folders. */
  readonly resources: readonly Pick<Field, "text">[];
  readonly components: readonly Field[];
  /** In the order in which they are made. */
  readonly patches: readonly NamedPatch[];
  /** Those that are made behind the labels. */
  readonly lastPatches: readonly NamedPatch[];
  /** Why it cannot be known what is built. */
  readonly unknown: readonly string[];
}

export interface NamedPatch {
  /** A file, or the text of the patch. */
  readonly path?: Field;
  readonly inline?: Field;
  readonly target?: Field;
  /** Where it stands, if not in the kustomization. */
  readonly from?: Source;
  /** It may give what it is for another name, `options.allowNameChange`. */
  readonly renames?: boolean;
}

/** Nothing of what they say bears on an address, or on what an object is held against. */
const harmless = [
  "apiVersion",
  "kind",
  "metadata",
  "commonAnnotations",
  "generatorOptions",
  "replicas",
  "secretGenerator",
  "sortOptions",
  "buildMetadata",
  "validators",
  "configurations",
  "crds",
  "vars",
];
const followed = [
  "resources",
  "bases",
  "components",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "namespace",
  "namePrefix",
  "nameSuffix",
  "labels",
  "commonLabels",
  "configMapGenerator",
  "images",
  "replacements",
];

export function readKustomization(resource: Resource, from: Source): Kustomization {
  const { root } = resource;
  const items = (key: string): readonly Field[] => root.get(key)?.items() ?? [];
  const unknown = root
    .entries()
    .filter(([key, field]) => ![...harmless, ...followed].includes(key) && field.type !== "null")
    .map(([key]) => `${key} is not followed`);
  const patches = [
    ...items("patchesStrategicMerge").map((field) =>
      /[\n:]/.test(field.text ?? "") ? { inline: field } : { path: field },
    ),
    ...items("patches").map(patchOf),
  ];
  return {
    from,
    root,
    isComponent: root.get("kind")?.text === "Component",
    resources: [...items("resources"), ...items("bases")],
    components: items("components"),
    patches,
    lastPatches: items("patchesJson6902").map(patchOf),
    unknown: resource.partial || resource.recovered ? [...unknown, "it is not written as a whole"] : unknown,
  };
}

function patchOf(item: Field): NamedPatch {
  const [path, inline, target] = [item.get("path"), item.get("patch"), item.get("target")];
  const renames = item.get("options", "allowNameChange")?.text === "true";
  return { ...(path ? { path } : {}), ...(inline ? { inline } : {}), ...(target ? { target } : {}), renames };
}

/** The paths of what generators read: `key=path` or `path` among `files`, `path` among `envs`. */
export function generatedFiles({ root }: Kustomization): readonly string[] {
  return (root.get("configMapGenerator")?.items() ?? []).flatMap((generator) => [
    ...(generator.get("files")?.items() ?? []).flatMap(({ text }) => text?.slice(text.indexOf("=") + 1) ?? []),
    ...[...(generator.get("envs")?.items() ?? []), generator.get("env")].flatMap((field) => field?.text ?? []),
  ]);
}

/** Its own value under a key, where it is a scalar. */
export function ownValue({ root, from }: Kustomization, key: string) {
  const field = root.get(key);
  return field?.text === undefined || field.text === "" ? undefined : written(field, from);
}
