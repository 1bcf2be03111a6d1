import type { Files } from "./files.ts";
import type { Values } from "./flux-files.ts";
import type { FluxKustomization, ValuesRef } from "./flux-kustomization.ts";
import { partText } from "./parts.ts";
import { type MeantObject, patchedObjects, writtenObjects } from "./written-objects.ts";

/** What becomes of data in what is built of the file that they stand in. */
export type AsBuilt = (values: Values, reference: ValuesRef) => Values;

/** What is made of the objects below a folder. */
export interface Maker {
  readonly folder: string;
  /** Where that is said. */
  readonly file: string;
  /** The namespace it puts them into. */
  readonly namespace: string | undefined;
  /** It may give each another name, or do what is not followed. */
  readonly any: boolean;
  /** Into which it writes. */
  readonly meant: readonly MeantObject[];
}

/** The kustomization of a folder. */
export function makerOf(folder: string, files: Files): readonly Maker[] {
  const kustomization = files.kustomization(folder);
  if (!kustomization) return [];
  const { root, from, unknown } = kustomization;
  const secrets = root.get("secretGenerator")?.items() ?? [];
  const meant = [
    ...writtenObjects(kustomization, (path) => files.patch(folder, path)),
    ...secrets.map((generator) => ({ kind: "Secret", name: generator.get("name")?.text })),
  ];
  const any = unknown.length > 0 || root.has("namePrefix") || root.has("nameSuffix");
  return [{ folder, file: from.file, namespace: root.get("namespace")?.text, any, meant }];
}

/** A Kustomization of Flux, which builds a folder. */
export function fluxMaker(folder: string, flux: FluxKustomization): Maker {
  const meant = patchedObjects(flux.patches, flux.from, () => undefined);
  const namespace = partText(flux.targetNamespace);
  return { folder, file: flux.from.file, namespace, any: flux.unknown.length > 0, meant };
}

/**
 * Data are not known of an object that one of them may write into or give another name; and it is in the namespace that they put it into.
 * `filesOf`: what goes into the build of a folder.
 */
export function asBuiltBy(makers: () => readonly Maker[], filesOf: (folder: string) => ReadonlySet<string>): AsBuilt {
  let all: readonly Maker[] | undefined;
  const known = new Map<string, readonly Maker[]>();
  return (values, reference) => {
    const { file } = values.source;
    all ??= makers();
    const by = known.get(file) ?? all.filter(({ folder }) => filesOf(folder).has(file));
    known.set(file, by);
    const isAnother = by.some(({ any, meant }) => any || meant.some((one) => mayBe(one, reference)));
    const namespaces = new Set(by.flatMap(({ namespace }) => namespace ?? []));
    const [namespace = values.namespace] = namespaces;
    return {
      source: values.source,
      namespace: namespaces.size > 1 ? undefined : namespace,
      data: isAnother ? undefined : values.data,
      by: by.map((maker) => maker.file),
    };
  };
}

/** A target may name several by an expression. */
function mayBe(meant: MeantObject, { kind, name }: ValuesRef): boolean {
  const isOther = (said: string | undefined, own: string) => said !== own && /^[\w-]+$/.test(said ?? "");
  return !isOther(meant.kind, kind) && !isOther(meant.name, name);
}
