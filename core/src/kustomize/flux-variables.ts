import type { Value, ValueOf } from "./envsubst.ts";
import type { FluxFiles, Values } from "./flux-files.ts";
import type { FluxKustomization, ValuesRef } from "./flux-kustomization.ts";
import type { AsBuilt } from "./values-as-built.ts";

/**
 * What the variables of a Kustomization are: what it says itself, then what it names last. Where one name may mean several objects of the
 * repository a value is known that all of them have; where one of them is not there, or encrypted, none is that it may have.
 * {@link https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go}
 */
export function variablesOf(by: FluxKustomization, files: FluxFiles, asBuilt: AsBuilt, top: string): Variables {
  const { substitute, substituteFrom, always } = by;
  if (substitute.size === 0 && substituteFrom.length === 0 && !always) return { values: undefined, files: [] };
  const short = (file: string) => (file.startsWith(`${top}/`) ? file.slice(top.length + 1) : file);
  const named = substituteFrom
    .map((reference) => ({ reference, meant: meantBy(reference, by, files, asBuilt) }))
    .reverse();
  const made = new Map<string, Value | undefined>();
  const find = (name: string): Value | undefined => {
    if (substitute.has(name)) {
      const text = substitute.get(name);
      return text === undefined
        ? undefined
        : { name, text, where: `Kustomization ${by.name} in ${short(by.from.file)}` };
    }
    for (const { reference, meant } of named) {
      const known = meant.flatMap(({ data, source }) => (data ? { data, source } : []));
      if (meant.length === 0 || known.length < meant.length) return undefined;
      const having = known.filter(({ data }) => data.has(name));
      const [first] = having;
      if (!first) continue;
      const text = first.data.get(name);
      const isOne = having.length === meant.length && having.every(({ data }) => data.get(name) === text);
      if (text === undefined || !isOne) return undefined;
      const where = `${reference.kind} ${reference.name} in ${short(first.source.file)}`;
      return { name, text, where, ...(reference.kind === "Secret" ? { secret: true } : {}) };
    }
    return { name, text: "", where: "" };
  };
  const lookUp = (name: string) => {
    if (!made.has(name)) made.set(name, find(name));
    return made.get(name);
  };
  const holding = named.flatMap(({ meant }) =>
    meant.flatMap(({ source, by: makers = [] }) => [source.file, ...makers]),
  );
  return { values: lookUp, files: holding };
}

export interface Variables {
  /** undefined where nothing is filled in. */
  readonly values: ValueOf | undefined;
  /** Those that hold the values, or say what becomes of them. */
  readonly files: readonly string[];
}

/** What is in another namespace is another object, where both say in which they are. */
function meantBy(
  reference: ValuesRef,
  { namespace }: FluxKustomization,
  files: FluxFiles,
  asBuilt: AsBuilt,
): readonly Values[] {
  const all = files.values(reference).map((one) => asBuilt(one, reference));
  if (namespace === undefined) return all;
  const here = all.filter((one) => one.namespace === namespace);
  return here.length > 0 ? here : all.filter((one) => one.namespace === undefined);
}

/** Something that is filled in may be an address, a family or a switch: names and sizes are most of what is, and say nothing here. */
export function fillsAddresses(text: string, lookUp: ValueOf): boolean {
  // What a default holds ends before a variable in it, so that no character is looked at twice.
  for (const [, name = "", otherwise = ""] of text.matchAll(/\$\{([A-Za-z_]\w*)(?::?[=-]([^${}\n]*))?/g)) {
    const value = lookUp(name);
    if (value && (saysAddress.test(value.text) || saysAddress.test(otherwise))) return true;
  }
  return false;
}

const saysAddress = /:[\da-f]{0,4}:|\d\.\d{1,3}\.\d|ip_?v[46]|stack|^(?:true|false)$/i;
