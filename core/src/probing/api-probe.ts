import type { Answer, KubeObject, ListOptions, ResourceType } from "../cluster/cluster.ts";
import { answered } from "../cluster/cluster.ts";
import type { ApiProbe, Right } from "./probe.ts";
import { Sharing } from "./sharing.ts";

interface Listing<A> {
  readonly id: string;
  readonly type: ResourceType | ((args: A) => ResourceType);
  asks(args: A): string;
  /** Lists leave the kind of their items out. */
  readonly kind: string | ((args: A) => string);
  /** The type has no namespaces. */
  readonly clusterScoped?: boolean;
  select?(args: A): Pick<ListOptions, "namespace" | "labelSelector" | "fieldSelector">;
  /** Keeps the fields somebody reads. */
  keep(object: KubeObject): KubeObject;
}

/** A probe that lists one type of object. */
export function listing<A>({
  id,
  type,
  kind,
  asks,
  select,
  keep,
  clusterScoped = false,
}: Listing<A>): ApiProbe<A, readonly KubeObject[]> {
  const kindOf = (args: A) => (typeof kind === "function" ? kind(args) : kind);
  const typeOf = (args: A) => (typeof type === "function" ? type(args) : type);
  return {
    id,
    access: "api",
    asks,
    right: (args) => rightTo("list", typeOf(args), select?.(args).namespace),
    types: (args) => ["get", kubectlName(typeOf(args)), ...flags(select?.(args) ?? {}, clusterScoped), "-o", "yaml"],
    line: (objects) => `${objects.length} found${objects.length > 0 ? `: ${names(objects)}` : ""}`,
    look: async (cluster, args, signal) => {
      const { apiVersion } = typeOf(args);
      const sharing = new Sharing();
      let kept = 0;
      const own = (object: KubeObject) => {
        kept++;
        return sharing.in({ apiVersion, kind: kindOf(args), ...keep(object) });
      };
      const options = { ...select?.(args), keep: own, ...(signal ? { signal } : {}) };
      const answer = await cluster.list(typeOf(args), options);
      // Not every cluster drops the rest by itself.
      return answer.ok && kept === 0 ? answered(answer.value.map(own)) : answer;
    },
  };
}

interface Getting<A> {
  readonly id: string;
  readonly type: ResourceType | ((args: A) => ResourceType);
  asks(args: A): string;
  keep(object: KubeObject): KubeObject;
  line(object: KubeObject): string;
}

/** A probe that gets one object by its name. */
export function getting<A extends { readonly namespace?: string; readonly name: string }>(
  getting: Getting<A>,
): ApiProbe<A, KubeObject> {
  const { id, type, asks, keep, line } = getting;
  const typeOf = (args: A) => (typeof type === "function" ? type(args) : type);
  return {
    id,
    access: "api",
    asks,
    right: (args) => rightTo("get", typeOf(args), args.namespace),
    types: (args) => [
      "get",
      kubectlName(typeOf(args)),
      args.name,
      ...flags(args, args.namespace === undefined),
      "-o",
      "yaml",
    ],
    line,
    look: async (cluster, args, signal): Promise<Answer<KubeObject>> => {
      const { name, namespace } = args;
      const options = { ...(namespace === undefined ? {} : { namespace }), ...(signal ? { signal } : {}) };
      const answer = await cluster.get(typeOf(args), name, options);
      return answer.ok ? answered(keep(answer.value)) : answer;
    },
  };
}

function rightTo(verb: string, { apiVersion, resource }: ResourceType, namespace: string | undefined): Right {
  const apiGroup = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  return { verbs: [verb], apiGroup, resource, ...(namespace === undefined ? {} : { namespace }) };
}

/** The names kubectl understands everywhere: plural, and the group for anything outside the core group. */
function kubectlName({ apiVersion, resource }: ResourceType): string {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  return group ? `${resource}.${group}` : resource;
}

function flags(
  { namespace, labelSelector, fieldSelector }: { namespace?: string; labelSelector?: string; fieldSelector?: string },
  clusterScoped: boolean,
): string[] {
  const everywhere = clusterScoped ? [] : ["-A"];
  const label = labelSelector ? ["-l", labelSelector] : [];
  const field = fieldSelector ? ["--field-selector", fieldSelector] : [];
  return [...(namespace ? ["-n", namespace] : everywhere), ...label, ...field];
}

function names(objects: readonly KubeObject[]): string {
  const all = objects.map(({ metadata }) =>
    metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name,
  );
  return all.length > 6 ? `${all.slice(0, 6).join(", ")} and ${all.length - 6} more` : all.join(", ");
}
