import type { Outpost } from "../cluster/outposts.ts";
import { lifetime } from "../outposts/outpost.ts";
import { whatItIs, wordForWord } from "../outposts/words.ts";
import type { Container } from "../probing/containers.ts";
import { kubectlLine, shellLine } from "../probing/kubectl.ts";
import { pointName, snaplenOf, tcpdumpOf, type Wish } from "./wish.ts";

/** What somebody agrees to before packets are taken: lines of text, after `---` word for word what is created. */
export function captureWords(
  wish: Wish,
  from: Container | Outpost,
  { context, server, file }: { readonly context: string; readonly server: string; readonly file: string },
): string[] {
  const created = "body" in from ? from : undefined;
  const through = created
    ? `It would create in context "${context}" (${server}): ${whatItIs(created)}, from image ${created.image}.`
    : `It would run in container "${from.container}" of pod ${from.namespace}/${from.pod}, context "${context}" (${server}).`;
  return [
    `kube-ipv6 would capture packets of ${pointName(wish)}.`,
    through,
    `What runs: ${shellLine(tcpdumpOf(wish))}`,
    what(wish),
    `It ends after ${wish.limits.packets} packets, ${wish.limits.seconds} s or ${wish.limits.bytes / 1e6} MB, whichever comes first. Nothing is sent, and nothing but this machine gets what is taken: ${file}, readable by you alone.`,
    ...(created ? [...terms(created), "Word for word:", "---", ...wordForWord(created)] : []),
  ];
}

function what(wish: Wish): string {
  const length = snaplenOf(wish);
  const without = wish.wanted.without ?? [];
  const left =
    without.length > 0 ? ` TCP port ${without.join(", ")} is left out, since it carries the capture itself.` : "";
  return wish.full
    ? `All of each packet is kept, with whatever passwords, cookies and data applications send unencrypted.${left}`
    : `Of each packet the first ${length} bytes are kept: its headers, and of what it carries as much as fits behind them.${left}`;
}

function terms({ level }: Outpost): string[] {
  const end =
    level === "ephemeral"
      ? `It is ended with the capture, after ${lifetime} s at the latest. Kubernetes cannot remove it: it stays listed in the pod until the pod is deleted.`
      : `The pod is deleted when the capture ends; it ends by itself after ${lifetime} s at the latest.`;
  return [
    end,
    "It is written down on this machine first; after a crash the next start, or kube-ipv6 left, removes it.",
  ];
}

/** What a person can type who may do what we may not. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/ */
export function captureByHand(context: string, wish: Wish, image: string): string {
  const { at } = wish;
  const [, , , , , ...rest] = tcpdumpOf(wish);
  const words = ["tcpdump", "-p", "-n", ...rest.filter((word, index) => word !== "-w" && rest[index - 1] !== "-w")];
  const where =
    at.kind === "pod"
      ? ["-n", at.namespace, "debug", at.pod, "--profile=netadmin"]
      : ["debug", `node/${at.node}`, "--profile=sysadmin"];
  return kubectlLine(context, [...where, "-it", `--image=${image}`, "--", ...words]);
}
