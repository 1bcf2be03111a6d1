import type { Any } from "../objects/object.ts";
import { allows, has, type Role } from "./auth.ts";
import { ApiError } from "./status.ts";

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
