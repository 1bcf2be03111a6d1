import type { Asking, Question } from "../probing/probe.ts";
import { agentSaid } from "./agent-log.ts";
import { type Case, excluded, type Judgement, unknown } from "./cause.ts";
import { dialsOverIPv6 } from "./compared.ts";
import { failedDials } from "./failures.ts";
import type { Symptom } from "./symptom.ts";

/** That kube-proxy found no ip6tables when it started. */
export const ip6tablesMissing =
  /No iptables support for family(?!.*IPv4)|can't initialize ip6tables table|ip6tables[^;]*(?:executable file|command) not found/i;

/** That ip6tables refused what kube-proxy gave it; of iptables it says the same. */
export const rulesRefused = /KUBE-MARK-DROP|Failed to execute iptables-restore/;

/** What kube-proxy says of Services that cannot be reached over IPv6. */
export interface ProxySaid {
  /** The dials to Services that were lost on the way, and the first of them. */
  readonly lost: readonly Symptom[];
  readonly dial: Symptom;
  readonly node: string;
  /** "kube-system/kube-proxy-x7" */
  readonly pod: string;
  /** Whose words they are, and the words. */
  readonly because: string;
  readonly by: Question;
}

/**
 * Looks in the log of kube-proxy on the node that dials for a line. `says` completes "does not say that". A judgement where no dial to a
 * Service was lost, or where the log tells nothing: it is said once, at the start, and a log may begin later.
 */
export function* proxySaid(subject: Case, words: RegExp, says: string): Asking<ProxySaid | Judgement> {
  const lost = failedDials(subject, "timeout", "network-unreachable", "host-unreachable").filter(
    ({ flow }) => flow?.scope === "service",
  );
  const [dial] = lost;
  const [node] = subject.scene.nodes;
  if (!dial || !node)
    return excluded("no IPv6 dial to a Service was lost on the way", dialsOverIPv6(subject, "service"));
  const said = yield* agentSaid(node.name, /^kube-proxy/, "kube-proxy");
  if (!said) return unknown(`the log of kube-proxy on node ${node.name} was not read`);
  const line = said.found.findLast((one) => words.test(one));
  if (!line) return unknown(`what is left of the log of ${said.pod} does not say that ${says}`);
  const because = `${said.pod} on node ${node.name} says: ${line}`;
  return { lost, dial, node: node.name, pod: said.pod, because, by: said.by };
}
