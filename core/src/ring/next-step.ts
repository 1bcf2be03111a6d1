import type { AbortSignalLike, Cluster, KubeObject } from "../cluster/cluster.ts";
import { ownerLabel } from "../cluster/outposts.ts";
import { shellLine } from "../probing/kubectl.ts";
import { podIPs } from "../summary/families.ts";
import type { RingFinding } from "./locate.ts";

/** Findings for which pods are looked up. */
const most = 20;

/** For each finding the command that diagnoses a dial of it, between pods that run on its two nodes; undefined where there are none. */
export async function nextSteps(
  cluster: Cluster,
  findings: readonly RingFinding[],
  signal: AbortSignalLike,
): Promise<readonly (string | undefined)[]> {
  const known = new Map<string, Promise<string | undefined>>();
  const podOn = (node: string) => {
    const asked = known.get(node) ?? podOf(cluster, node, signal);
    known.set(node, asked);
    return asked;
  };
  return Promise.all(
    findings.slice(0, most).map(async ({ failing: [dial] }) => {
      const [from, to] = dial ? await Promise.all([podOn(dial.from), podOn(dial.to)]) : [];
      const context = cluster.context === "" ? [] : ["--context", cluster.context];
      return from && to
        ? shellLine(["kube-ipv6", "diagnose", ...context, "--from", from, "--to", `pod/${to}`])
        : undefined;
    }),
  );
}

async function podOf(cluster: Cluster, node: string, signal: AbortSignalLike): Promise<string | undefined> {
  const fieldSelector = `spec.nodeName=${node},status.phase=Running`;
  const listed = await cluster.list({ apiVersion: "v1", resource: "pods" }, { fieldSelector, keep, signal });
  const found = (listed.ok ? listed.value : []).find(
    (pod: KubeObject) =>
      pod.metadata.labels?.[ownerLabel] === undefined &&
      pod.spec?.hostNetwork !== true &&
      podIPs(pod).length > 0 &&
      !pod.metadata.deletionTimestamp,
  );
  return found && `${found.metadata.namespace}/${found.metadata.name}`;
}

function keep({ metadata, spec, status }: KubeObject): KubeObject {
  const { name, namespace = "", deletionTimestamp, labels = {} } = metadata;
  return {
    metadata: { name, namespace, labels, ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }) },
    spec: { hostNetwork: spec?.hostNetwork },
    status: { podIPs: status?.podIPs },
  };
}
