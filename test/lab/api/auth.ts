import type { IncomingMessage } from "node:http";
import type { Any } from "../objects/object.ts";
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

function has(list: readonly string[], wanted: string): boolean {
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

/** Answers the reviews a user asks about themself. Throws 400 or 422 for a review that asks nothing. */
export function review(resource: string, role: Role | undefined, body: Any): Any {
  if (resource === "selfsubjectreviews")
    return {
      ...body,
      status: {
        userInfo: {
          username: role?.username ?? "system:anonymous",
          groups: role?.groups ?? ["system:unauthenticated"],
        },
      },
    };
  if (resource === "selfsubjectrulesreviews") return rulesReview(role, body);
  const asked = body.spec?.resourceAttributes;
  if (!asked && !body.spec?.nonResourceAttributes) {
    const message = "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified";
    const field = "spec.resourceAttributes";
    throw new ApiError(422, "Invalid", `.authorization.k8s.io "" is invalid: ${field}: ${message}`, {
      group: "authorization.k8s.io",
      causes: [{ reason: "FieldValueInvalid", message, field }],
    });
  }
  const allowed = asked
    ? allows(role, {
        verb: asked.verb,
        group: asked.group ?? "",
        resource: asked.resource ?? "",
        subresource: asked.subresource,
        namespace: asked.namespace || undefined,
      })
    : true;
  return { ...body, metadata: body.metadata ?? {}, status: { allowed } };
}

function rulesReview(role: Role | undefined, body: Any): Any {
  const namespace = body.spec?.namespace;
  if (!namespace) throw new ApiError(400, "BadRequest", "no namespace on request");
  const own = (role?.rules ?? []).filter((rule) => has(rule.namespaces, namespace));
  const resourceRules = [
    {
      verbs: ["create"],
      apiGroups: ["authorization.k8s.io"],
      resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
    },
    { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
    ...own.map(({ verbs, apiGroups, resources }) => ({ verbs, apiGroups, resources })),
  ];
  const nonResourceURLs = [
    "/api",
    "/api/*",
    "/apis",
    "/apis/*",
    "/healthz",
    "/livez",
    "/openapi",
    "/openapi/*",
    "/readyz",
    "/version",
    "/version/",
  ];
  return {
    ...body,
    metadata: {},
    spec: {},
    status: { resourceRules, nonResourceRules: [{ verbs: ["get"], nonResourceURLs }], incomplete: false },
  };
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
