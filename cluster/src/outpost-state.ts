import type { KubeObject } from "#core/cluster/cluster.ts";
import type { Outpost } from "#core/cluster/outposts.ts";

/** How far an outpost has come. `why` says what it waits for, or why it does not run. */
export type State =
  | { readonly is: "running" }
  | { readonly is: "coming" | "failed" | "ended" | "absent"; readonly why: string };

interface Status {
  readonly name?: string;
  readonly state?: {
    readonly running?: unknown;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
  };
}

/** Reads it from the pod it is, or is in. */
export function stateOf({ status = {}, spec = {} }: KubeObject, { level, container }: Omit<Outpost, "body">): State {
  const inside = level === "ephemeral";
  const listed = ((inside ? spec.ephemeralContainers : spec.containers) ?? []) as { name?: string }[];
  if (!listed.some(({ name }) => name === container)) return { is: "absent", why: "the pod does not list it" };
  const all = (inside ? status.ephemeralContainerStatuses : status.containerStatuses) ?? [];
  const { state } = (all as Status[]).find(({ name }) => name === container) ?? {};
  if (state?.terminated) {
    const { reason = "ended", exitCode = 0 } = state.terminated;
    return { is: "ended", why: `it ended (${reason}, exit code ${exitCode})` };
  }
  if (!inside && /^(Failed|Succeeded)$/.test(status.phase))
    return { is: "ended", why: [status.reason, status.message].filter(Boolean).join(": ") || status.phase };
  if (state?.running) return { is: "running" };
  const { reason = "", message = "" } = state?.waiting ?? {};
  const why = [reason, message].filter(Boolean).join(": ") || "its node has not started it";
  return { is: hopeless.test(reason) ? "failed" : "coming", why };
}

/** https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/images/types.go and kuberuntime/kuberuntime_container.go */
const hopeless =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed|CreateContainerConfigError|CreateContainerError|RunContainerError|CrashLoopBackOff)$/;
