import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Cause } from "../judging/cause.ts";
import { judgeLastWords, type LastWords } from "../judging/last-words.ts";
import type { Scene } from "../judging/scene.ts";

const words: LastWords = {
  sentence: /Address family not supported by protocol|Protocol family unavailable/,
  means: "it insists on an IPv6 socket, and the kernel it runs on has no IPv6",
  fix: "Let the program listen on [::] only where IPv6 is there (nginx: leave `listen [::]:80` out; a wildcard of both families elsewhere), or boot the node with IPv6 (no ipv6.disable=1).",
  confirm: "The container runs.",
  // Sockets of other families, as of packets or netlink, are refused with the same words.
  doubt: (sentence, pod, { scene }) => {
    const six = sixOf(pod, scene);
    if (six !== undefined) return `that the kernel has no IPv6, although ${six}`;
    return sentence.includes("[::]") ? undefined : "that it is an IPv6 socket which the program asked for";
  },
};

/** What shows that the kernel has IPv6: an address of the pod, of another one there, or of the node. */
function sixOf({ metadata, spec, status }: KubeObject, { pods, allNodes }: Scene): string | undefined {
  const own = ((status?.podIPs ?? []) as { ip: string }[]).find(({ ip }) => familyOf(ip) === "IPv6");
  if (own) return `pod ${metadata.name} has ${own.ip}`;
  const beside = pods.find(({ node, ips, name }) => node === spec?.nodeName && name !== metadata.name && ips.IPv6);
  if (beside) return `pod ${beside.name} on the same node has ${beside.ips.IPv6}`;
  const listed = allNodes
    .find(({ name }) => name === spec?.nodeName)
    ?.internalIPs.find((ip) => familyOf(ip) === "IPv6");
  return listed && `node ${spec?.nodeName} lists ${listed}`;
}

export const cause: Cause = {
  layer: "application",
  summary: "The program insists on IPv6 where the kernel has none, and ends",
  why: "On a kernel booted with ipv6.disable=1 there is no such address family: a socket for [::] ends with errno 97, and images that listen on it without asking do not start.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  looksLike: ["kernel-without-ipv6", "literal-without-brackets"], // what it runs on / another word at its end
  code: "A02",

  judge: (subject) => judgeLastWords(subject, words),
};
