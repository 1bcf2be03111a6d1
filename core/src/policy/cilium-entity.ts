import { type Clause, families, type PolicyQuestion } from "./model.ts";
import { endpointText } from "./peers.ts";
import { type Truth, unknownTruth } from "./truth.ts";

/**
 * Groups of peers that Cilium names: {@link https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based}, which labels each
 * stands for: {@link https://github.com/cilium/cilium/blob/main/pkg/policy/api/entity.go}.
 */
export function ciliumEntity(name: string, path: string): Clause {
  const only = name === "world-ipv4" ? (["IPv4"] as const) : name === "world-ipv6" ? (["IPv6"] as const) : families;
  return {
    path,
    text: name === "all" ? "everyone" : `entity ${name}`,
    families: only,
    whole: name === "all",
    matches: (question) => only.some((family) => family === question.family) && isEntity(name, question, path),
  };
}

function isEntity(name: string, question: PolicyQuestion, path: string): Truth {
  const { peer } = question;
  if (name === "all") return true;
  const pod = peer.kind === "pod" && !peer.hostNetwork;
  const host = peer.kind === "pod" ? peer.hostNetwork === true : peer.node !== undefined;
  if (name === "cluster") return pod || host;
  if (/^world(-ipv[46])?$/.test(name)) return !pod && !host;
  if (name === "host" || name === "remote-node") return host && isOnOwnNode(question, name === "host");
  if (name === "kube-apiserver")
    return !pod && unknownTruth(`whether ${endpointText(peer)} is an address of the API server is not known`);
  // The others are Cilium's own endpoints, which are no pods, or stand for nobody.
  if (["init", "health", "unmanaged", "none", "ingress"].includes(name)) return false;
  return unknownTruth(`${path} is "${name}", which is no entity`);
}

function isOnOwnNode({ subject, peer }: PolicyQuestion, own: boolean): Truth {
  if (subject.node === undefined || peer.node === undefined)
    return unknownTruth(`whether ${endpointText(peer)} is the node of ${endpointText(subject)} is not known`);
  return (subject.node === peer.node) === own;
}
