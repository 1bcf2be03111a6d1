import type { Any, ApiObject } from "../objects/object.ts";
import { ApiError } from "./status.ts";

/**
 * Refuses a pod that the Pod Security level of its namespace does not let in, in the words of the admission plugin; of the standards
 * the part that pods to look around with come near.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function refuseInsecure(pod: ApiObject, namespace: ApiObject | undefined): void {
  const level = namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"];
  if (level !== "baseline" && level !== "restricted") return;
  const found = [...baseline(pod), ...(level === "restricted" ? restricted(pod) : [])];
  if (found.length === 0) return;
  const { name } = pod.metadata;
  const message = `pods "${name}" is forbidden: violates PodSecurity "${level}:latest": ${found.join(", ")}`;
  throw new ApiError(403, "Forbidden", message, { name, kind: "pods" });
}

function baseline({ spec }: ApiObject): string[] {
  const host = ["hostNetwork", "hostPID"].filter((field) => spec[field] === true).map((field) => `${field}=true`);
  const privileged = named(spec, ({ privileged: is }) => is === true);
  return [
    ...(host.length > 0 ? [`host namespaces (${host.join(", ")})`] : []),
    ...(privileged ? [`privileged (${privileged} must not set securityContext.privileged=true)`] : []),
  ];
}

function restricted({ spec }: ApiObject): string[] {
  const rules: [string, string, (context: Any) => boolean][] = [
    [
      "allowPrivilegeEscalation != false",
      "must set securityContext.allowPrivilegeEscalation=false",
      (context) => context.allowPrivilegeEscalation !== false,
    ],
    [
      "unrestricted capabilities",
      'must set securityContext.capabilities.drop=["ALL"]',
      (context) => !context.capabilities?.drop?.includes("ALL"),
    ],
    ["runAsNonRoot != true", "must set securityContext.runAsNonRoot=true", (context) => context.runAsNonRoot !== true],
    [
      "seccompProfile",
      'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
      (context) => !["RuntimeDefault", "Localhost"].includes(context.seccompProfile?.type),
    ],
  ];
  return rules.flatMap(([what, remedy, breaks]) => {
    const who = named(spec, breaks);
    return who ? [`${what} (${who} ${remedy})`] : [];
  });
}

/** `container "a"`, `containers "a", "b"`; undefined for none. */
function named(spec: Any, breaks: (context: Any) => boolean): string | undefined {
  const all = [...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  const bad = all.filter((each: Any) => breaks({ ...spec.securityContext, ...each.securityContext }));
  if (bad.length === 0) return undefined;
  return `container${bad.length > 1 ? "s" : ""} ${bad.map(({ name }: Any) => `"${name}"`).join(", ")}`;
}
