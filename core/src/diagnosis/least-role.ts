import type { Access } from "../cluster/cluster.ts";
import type { Subject } from "../judging/subject.ts";
import type { Observation, Right } from "../probing/probe.ts";
import { type Besides, rightsFor } from "./rights.ts";

/** What the user was not allowed to look at. */
export interface MayNot {
  /** "list nodes", "get pods/exec in namespace shop" */
  readonly what: readonly string[];
  /** The least ClusterRole, and Role of each namespace, that allow it: the lines of a YAML text to copy. */
  readonly role: readonly string[];
}

/** Reads the refusals of a diagnosis; undefined if nothing was forbidden. */
export function mayNot(observations: readonly Observation[], subject: Subject, isStopped: boolean): MayNot | undefined {
  const lacking = observations.flatMap(({ lacks }) => lacks ?? []);
  if (lacking.length === 0) return undefined;
  const what = merged(lacking).map(sentence);
  if (!isStopped) return { what, role: rolesOf(merged(lacking), []) };
  const ran = observations.some(({ access, answer }) => access !== "api" && answer.ok);
  const tried = lacking.some(({ resource }) => resource === exec.resource);
  const namespace =
    subject.from?.namespace ??
    lacking.find(({ resource, namespace: one }) => resource === "pods" && one === subject.namespace)?.namespace;
  // Who gets the other rights alone would be refused next what a diagnosis cannot do without.
  const wanted = [...lacking, ...(ran || tried ? [] : [{ ...exec, ...(namespace ? { namespace } : {}) }])];
  const isHome = (right: Right) => right.namespace !== undefined && homesOf(subject).includes(right.namespace);
  const [enough, rest] = [wanted.filter(isHome), wanted.filter((right) => !isHome(right))];
  return { what, role: rolesOf(together(enough), merged(rest)) };
}

/** Where the pods and Services stand that an answer cannot do without. */
function homesOf({ from, to, namespace }: Subject): (string | undefined)[] {
  const named = [from?.namespace, to && "namespace" in to ? to.namespace : undefined].filter(Boolean);
  return named.length > 0 ? named : [namespace];
}

/** What is enough for an answer comes first. */
function rolesOf(enough: readonly Right[], rest: readonly Right[]): string[] {
  const [first, second] = [documentsOf(enough), documentsOf(rest)];
  if (first.length === 0 || second.length === 0) return [...first, ...second];
  return ["# enough for an answer", ...first, "---", "# and with this nothing of it is left out", ...second];
}

function documentsOf(rights: readonly Right[]): string[] {
  const namespaces = [...new Set(rights.map(({ namespace }) => namespace))];
  return namespaces.flatMap((namespace, index) => [
    ...(index > 0 ? ["---"] : []),
    ...roleYaml(
      rights.filter((right) => right.namespace === namespace),
      namespace,
    ),
  ]);
}

const exec: Right = { verbs: ["get", "create"], apiGroup: "", resource: "pods/exec" };

/** One of each resource, and none for a namespace that the whole cluster covers. */
function merged(rights: readonly Right[]): Right[] {
  const everywhere = together(rights.filter(({ namespace }) => namespace === undefined));
  const inside = together(rights.filter(({ namespace }) => namespace !== undefined));
  const covers = (wide: Right, right: Right) =>
    wide.apiGroup === right.apiGroup &&
    wide.resource === right.resource &&
    right.verbs.every((verb) => wide.verbs.includes(verb));
  return [...everywhere, ...inside.filter((right) => !everywhere.some((wide) => covers(wide, right)))];
}

function together(rights: readonly Right[]): Right[] {
  const groups = Map.groupBy(
    rights,
    ({ apiGroup, resource, namespace, names = [] }) => `${namespace} ${apiGroup} ${resource} ${names}`,
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, verbs: [...new Set(same.flatMap(({ verbs }) => verbs))] }] : [];
  });
}

function sentence({ verbs, apiGroup, resource, namespace, refused }: Right): string {
  const kind = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  return `${refused ?? verbs.join(", ")} ${kind}${namespace === undefined ? "" : ` in namespace ${namespace}`}`;
}

/** What a diagnosis of a level is to be allowed, everywhere or in one namespace: the lines of a YAML text. */
export function roleFor(access: Access, namespace: string | undefined, also: readonly Besides[]): readonly string[] {
  const name = also.includes("fix") ? "kube-ipv6-fix" : "kube-ipv6-diagnose";
  return roleYaml(merged(rightsFor(access, namespace, also)), namespace, name);
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
function roleYaml(rights: readonly Right[], namespace: string | undefined, name = "kube-ipv6-diagnose"): string[] {
  const alike = Map.groupBy(rights, ({ apiGroup, verbs, names }) => JSON.stringify([apiGroup, verbs, names]));
  const rules = [...alike.values()].flatMap((same) => [
    `  - apiGroups: ["${same[0]?.apiGroup}"]`,
    `    resources: [${same.map(({ resource }) => `"${resource}"`).join(", ")}]`,
    ...(same[0]?.names ? [`    resourceNames: [${same[0].names.map((name) => `"${name}"`).join(", ")}]`] : []),
    `    verbs: [${same[0]?.verbs.map((verb) => `"${verb}"`).join(", ")}]`,
  ]);
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    `kind: ${namespace === undefined ? "ClusterRole" : "Role"}`,
    "metadata:",
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    "rules:",
    ...rules,
  ];
}
