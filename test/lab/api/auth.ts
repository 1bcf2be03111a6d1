import type { IncomingMessage } from "node:http";
import type { Resource } from "./resources.ts";
import { ApiError } from "./status.ts";

/** A rule of RBAC, with the namespaces it holds in ("*" for all, which also grants what has no namespace). */
export interface Rule {
  namespaces: string[];
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** Who may do what: the contexts of the kubeconfig, one token each. */
export interface Role {
  username: string;
  groups: string[];
  rules: Rule[];
}

const read = ["get", "list", "watch"];
const everything: Rule = { namespaces: ["*"], apiGroups: ["*"], resources: ["*"], verbs: ["*"] };
const viewed = [
  "configmaps",
  "endpoints",
  "events",
  "namespaces",
  "pods",
  "pods/log",
  "services",
  "daemonsets",
  "deployments",
  "replicasets",
  "statefulsets",
  "endpointslices",
  "ingresses",
  "networkpolicies",
];
const view: Rule = {
  namespaces: ["*"],
  apiGroups: ["", "apps", "networking.k8s.io", "discovery.k8s.io", "events.k8s.io"],
  resources: viewed,
  verbs: read,
};
const nodes: Rule = {
  namespaces: ["*"],
  apiGroups: ["", "networking.k8s.io"],
  resources: ["nodes", "servicecidrs", "ipaddresses"],
  verbs: read,
};
const exec = (verb: string): Rule => ({ namespaces: ["*"], apiGroups: [""], resources: ["pods/exec"], verbs: [verb] });

/**
 * The roles a lab starts with. `viewer` is the ClusterRole view bound everywhere: no nodes, no exec. `reader` sees all and
 * may exec nowhere. `namespaced` may do everything in `default` and nothing elsewhere. `limited` sees the Services of `default`.
 */
export function defaultRoles(): Record<string, Role> {
  const account = (name: string, rules: Rule[]): Role => ({
    username: `system:serviceaccount:default:${name}`,
    groups: ["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"],
    rules,
  });
  return {
    admin: { username: "kubernetes-admin", groups: ["system:masters", "system:authenticated"], rules: [everything] },
    viewer: account("viewer", [view]),
    reader: account("reader", [view, nodes]),
    namespaced: account("namespaced", [{ ...everything, namespaces: ["default"] }]),
    limited: account("limited", [{ namespaces: ["default"], apiGroups: [""], resources: ["services"], verbs: read }]),
    execget: account("execget", [view, nodes, exec("get")]),
    execcreate: account("execcreate", [view, nodes, exec("create")]),
    nobody: account("nobody", []),
  };
}

/** What a request wants to do. */
export interface Action {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Whether any rule of a role allows an action. */
export function allows(role: Role | undefined, action: Action): boolean {
  const what = action.subresource ? `${action.resource}/${action.subresource}` : action.resource;
  return (role?.rules ?? []).some(
    (rule) =>
      has(rule.namespaces, action.namespace ?? "*") &&
      has(rule.apiGroups, action.group) &&
      has(rule.resources, what) &&
      has(rule.verbs, action.verb),
  );
}

/** Whether a list of RBAC names something, itself or by "*". */
export function has(list: readonly string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

/** Finds the role of a request's bearer token; undefined for none at all, 401 for one nobody has. */
export function authenticate(
  request: IncomingMessage,
  tokens: Map<string, string>,
  roles: Record<string, Role>,
): Role | undefined {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  const role = roles[tokens.get(token) ?? ""];
  if (!role) throw new ApiError(401, "Unauthorized", "Unauthorized");
  return role;
}

/** The 403 of an action. */
export function forbidden(role: Role | undefined, action: Action): ApiError {
  const { group, resource, subresource, namespace, name, verb } = action;
  const dotted = group === "" ? resource : `${resource}.${group}`;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const subject = name ? `${dotted} "${name}"` : dotted;
  const message = `${subject} is forbidden: User "${role?.username ?? "system:anonymous"}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  return new ApiError(403, "Forbidden", message, {
    ...(name ? { name } : {}),
    ...(group === "" ? {} : { group }),
    kind: resource,
  });
}

/** The groups and resources an action on a Resource names. */
export function actionOn(
  resource: Resource,
  verb: string,
  namespace?: string,
  name?: string,
  subresource?: string,
): Action {
  return {
    verb,
    group: resource.group,
    resource: resource.name,
    ...(namespace ? { namespace } : {}),
    ...(name ? { name } : {}),
    ...(subresource ? { subresource } : {}),
  };
}
