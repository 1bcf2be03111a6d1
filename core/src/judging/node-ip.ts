import { familyOf } from "../addresses/address.ts";
import type { Flow, SceneNode } from "./scene.ts";

/** The one IPv4 address that a kubelet with an external cloud provider was given; undefined where it was given none, or both families. */
export function givenNodeIP({ object }: SceneNode): string | undefined {
  const told = object.metadata.annotations?.["alpha.kubernetes.io/provided-node-ip"] ?? "";
  return familyOf(told) === "IPv4" ? told : undefined;
}

/** The node that a dial is about: itself, or a pod in its network. */
export function nodeDialled({ target, toPod }: Flow): string | undefined {
  return toPod?.hostNetwork ? toPod.node : target.kind === "node" ? target.name : undefined;
}

/** No kubelet runs on it that could be told anything. {@link https://virtual-kubelet.io/docs/} */
export function isVirtual({ object }: SceneNode): boolean {
  return object.metadata.labels?.type === "virtual-kubelet";
}

/** {@link https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/nodestatus/setters.go} */
export const onlyWhatItHas =
  "A kubelet that is told an address which no interface of its node has does not report any: give the node an IPv6 address first.";
