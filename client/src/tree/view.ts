import type { Family } from "#core/addresses/address.ts";
import { type Answer, type Cluster, type KubeObject, type ResourceType, refused } from "#core/cluster/cluster.ts";
import { cniQuestions } from "#core/summary/cni.ts";
import type { Inventory } from "#core/summary/inventory.ts";
import { type Summary, summarize } from "#core/summary/summary.ts";
import { l10n } from "../l10n.ts";
import { type Followed, Following, type FollowOptions, type Lost } from "./following.ts";

export const types = {
  nodes: { apiVersion: "v1", resource: "nodes" },
  namespaces: { apiVersion: "v1", resource: "namespaces" },
  pods: { apiVersion: "v1", resource: "pods" },
  services: { apiVersion: "v1", resource: "services" },
  configMaps: { apiVersion: "v1", resource: "configmaps" },
  daemonSets: { apiVersion: "apps/v1", resource: "daemonsets" },
  endpointSlices: { apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" },
  networkPolicies: { apiVersion: "networking.k8s.io/v1", resource: "networkpolicies" },
  serviceCIDRs: { apiVersion: "networking.k8s.io/v1", resource: "servicecidrs" },
  ipPools: { apiVersion: "crd.projectcalico.org/v1", resource: "ippools" },
} as const satisfies Record<string, ResourceType>;

/** A cluster as the tree sees it: lists that follow it, and the summary that is drawn from them. */
export class View {
  readonly cluster: Cluster;
  /** The namespace of the context, which may be the only one a user can look into. */
  readonly namespace: string;
  /** Only what is odd is to be seen of nodes, pods, Services and policies. */
  onlyOdd = false;
  readonly #following: Following;
  readonly #changed: () => void;
  #version: Promise<void> | undefined;
  #minor: string | undefined;

  constructor(cluster: Cluster, namespace: string, changed: () => void) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.#following = new Following(cluster, changed);
    this.#changed = changed;
  }

  list(type: ResourceType, options: FollowOptions = {}): Followed {
    return this.#following.list(type, options);
  }

  /** "3" for a list that somebody looks at already and that has come; it is not asked for here. */
  count(type: ResourceType, options: FollowOptions = {}): string {
    const answer = this.#following.known(type, options)?.answer;
    return answer?.ok ? String(answer.value.length) : "";
  }

  /** Which families everybody has, as far as that is certain: whoever lacks one of them is odd. */
  expects(part: "pods" | "services"): readonly Family[] {
    const state = this.summary()?.[part];
    return state?.complete ? state.families : [];
  }

  get lost(): Lost | undefined {
    return this.#following.lost;
  }

  /** undefined as long as an answer is still to come. */
  summary(): Summary | undefined {
    const inventory = this.#inventory();
    return inventory === undefined ? undefined : summarize(inventory);
  }

  /** "1.36"; undefined until the server said so. */
  kubernetes(): string | undefined {
    this.#version ??= this.cluster.version().then((answer) => {
      if (!answer.ok) return;
      this.#minor = `${answer.value.major}.${answer.value.minor}`;
      this.#changed();
    });
    return this.#minor;
  }

  stop(): void {
    this.#following.stop();
  }

  #inventory(): Inventory | undefined {
    const nodes = this.list(types.nodes).answer;
    const own = this.list(types.services, { namespace: "kube-system" }).answer;
    const api = this.list(types.services, { namespace: "default", fieldSelector: "metadata.name=kubernetes" }).answer;
    const pods = this.list(types.pods, { namespace: "kube-system" }).answer;
    const daemonSets = this.list(types.daemonSets).answer;
    const serviceCIDRs = this.list(types.serviceCIDRs).answer;
    if (!nodes || !own || !api || !pods || !daemonSets || !serviceCIDRs) return undefined;
    const more = this.#cniAnswers(daemonSets);
    return more && { nodes, services: together(api, own), pods, daemonSets, serviceCIDRs, ...more };
  }

  #cniAnswers(daemonSets: Answer<readonly KubeObject[]>): Pick<Inventory, "configMaps" | "ipPools"> | undefined {
    const { configMap, ipPools } = cniQuestions(daemonSets.ok ? daemonSets.value : []);
    const pools = ipPools ? this.list(types.ipPools).answer : notAsked;
    const maps =
      configMap === undefined
        ? notAsked
        : this.list(types.configMaps, {
            namespace: configMap.namespace,
            fieldSelector: `metadata.name=${configMap.name}`,
          }).answer;
    if (!pools || !maps) return undefined;
    return { ipPools: pools, configMaps: maps.ok ? maps.value : [] };
  }
}

const notAsked = refused("unsupported", l10n`This was not asked.`);

/** Two lists as one; what was seen counts even if the other half was refused. */
function together(a: Answer<readonly KubeObject[]>, b: Answer<readonly KubeObject[]>): Answer<readonly KubeObject[]> {
  if (!a.ok) return b;
  return b.ok ? { ok: true, value: [...a.value, ...b.value] } : a;
}
