import { type Refusal, type RefusalReason, refused } from "#core/cluster/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { anonymous, type ServerWords, sentence, statusRefusal } from "./status-refusal.ts";

/**
 * Why a program was not even started. Before the upgrade to a WebSocket the API server and the kubelet answer in plain
 * HTTP, and only their words tell the cases apart: a pod that has ended is 500, one that waits for a node is 400.
 */
export function execRefusal(endpoint: Endpoint, what: string, words: ServerWords): Refusal {
  const { status, message } = words;
  const known = wordings.find(({ says }) => says.test(message));
  if (known) return refused(known.reason, sentence(what, message), known.remedy).refusal;
  // An unknown subprotocol is refused without a body; a role that is too narrow never is.
  if (status === 403 && message === "HTTP 403") {
    const remedy =
      "The server or a proxy on the way speaks neither v5 nor v4.channel.k8s.io; kubectl exec tells which.";
    return refused("unsupported", sentence(what, "the WebSocket was refused without a reason"), remedy).refusal;
  }
  if (status === 403 && !anonymous.test(message))
    return refused("forbidden", sentence(what, message), needed(message)).refusal;
  return statusRefusal(endpoint, what, words);
}

/**
 * Over a WebSocket exec is a GET, so it takes `get`; since 1.35 it takes `create` too. kubectl falls back to SPDY, which is a POST and
 * takes `create` alone. The words about a missing `create` end after their colon. https://github.com/kubernetes/kubernetes/issues/78741
 */
function needed(message: string): string {
  const both = "Ask for the verbs get and create on pods/exec in this namespace";
  return /cannot get resource "pods\/exec"/.test(message)
    ? `${both}: get is missing. An exec over a WebSocket takes it; kubectl exec may work without, by SPDY, an older protocol.`
    : `${both}: create is missing, which Kubernetes 1.35 and newer take besides get.`;
}

interface Wording {
  readonly says: RegExp;
  readonly reason: RefusalReason;
  readonly remedy: string;
}

const wordings: readonly Wording[] = [
  {
    says: /does not have a host assigned|container not found|cannot exec into a container in a completed pod/,
    reason: "not-running",
    remedy: "Choose a pod whose container is running, or look at why it does not: kubectl describe pod.",
  },
  {
    says: /is not valid for pod|a container name must be specified/,
    reason: "not-found",
    remedy: "Choose one of the containers of the pod.",
  },
  {
    says: /dialing backend|dial tcp/,
    reason: "failed",
    remedy: "The API server cannot reach the kubelet of this node: look at the node's addresses and at port 10250.",
  },
];
