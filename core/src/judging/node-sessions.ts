import { familyOf, parseAddress, sameAddress } from "../addresses/address.ts";
import type { BgpSession } from "../agents/agent-words.ts";
import type { Asking, Question } from "../probing/probe.ts";
import { agentName, agentSays, type NetworkAgent } from "./network-agents.ts";
import type { SceneNode } from "./scene.ts";

/** What the agent of a node says of its session with another node. */
export interface NodeSession {
  readonly agent: NetworkAgent;
  readonly session: BgpSession;
  readonly by: Question;
}

/**
 * The session over IPv6 that the agent of a node has with another node; why nobody can tell, where the agent could not be asked, and
 * undefined where it speaks no BGP, or not with that node: routes may come from route reflectors.
 */
export function* sessionBetween(
  node: SceneNode,
  peer: SceneNode,
): Asking<NodeSession | { readonly why: string } | undefined> {
  const heard = yield* agentSays(node, "calico", "kubeRouter");
  if (!heard) return undefined;
  const { agent, words, by } = heard;
  if (!words.ok) return { why: `${agentName(agent)} could not be asked: ${words.refusal.message}` };
  const { sessions, unread } = words.value;
  if (!sessions) return unread[0] === undefined ? undefined : { why: `${agentName(agent)}: ${unread.join("; ")}` };
  const own = addressesOf(peer).flatMap((text) => parseAddress(text) ?? []);
  const session = sessions.find((one) => {
    const address = parseAddress(one.peer);
    return address !== undefined && own.some((each) => sameAddress(each, address));
  });
  return session && { agent, session, by };
}

/** The addresses a node is known by: to Kubernetes, and to Calico where that was told another. */
function addressesOf({ internalIPs, object }: SceneNode): string[] {
  const calico = object.metadata.annotations?.["projectcalico.org/IPv6Address"]?.split("/")[0];
  return [...internalIPs, ...(calico ? [calico] : [])].filter((text) => familyOf(text) === "IPv6");
}
