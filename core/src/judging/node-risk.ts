import type { FixCommand } from "./cause.ts";

/** What a command on a node does besides mending, for who is about to copy it. */
export function nodeRisk({ node, argv }: FixCommand): string | undefined {
  if (node === undefined) return undefined;
  const [program = "", ...args] = argv;
  const words = [program, ...args].join(" ");
  const after = "Nothing here undoes it: note the old state first.";
  if (/\bsysctl\b/.test(words))
    return `Takes effect at once for every pod of node ${node}, until its next boot. ${after}`;
  if (/\b(?:ip6?tables|nft)\b/.test(words))
    return `Opens node ${node} at once for all that the rule matches, until the firewall or kube-proxy is loaded anew. ${after}`;
  if (/\bmodprobe\b/.test(words))
    return `Node ${node} has the module until its next boot; rules that need it begin to hold.`;
  if (/\bip\b/.test(words)) return `Changes the network of node ${node} at once; a wrong route cuts it off. ${after}`;
  return `Changes node ${node} at once. ${after}`;
}
