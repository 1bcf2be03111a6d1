import type { FixCommand } from "./cause.ts";

/** What a command on a node does besides mending, for who is about to copy it. */
export function nodeRisk({ node, argv }: FixCommand): string | undefined {
  if (node === undefined) return undefined;
  const [program = "", ...args] = argv;
  const words = [program, ...args].join(" ");
  const after = "No record of it is kept here: write down what is there first.";
  if (/\bsysctl\b/.test(words))
    return `It holds for every pod of node ${node} at once, and until it boots: in a file of /etc/sysctl.d for longer. ${after}`;
  if (/\b(?:ip6?tables|nft)\b/.test(words))
    return `It opens node ${node} for all that the rule matches, at once, and is gone when the firewall or kube-proxy is loaded anew. ${after}`;
  if (/\bmodprobe\b/.test(words))
    return `Node ${node} has the module until it boots; rules that it carries out begin to hold.`;
  if (/\bip\b/.test(words))
    return `It changes the network of node ${node} at once; a wrong route cuts it off. ${after}`;
  return `It changes node ${node} at once. ${after}`;
}
