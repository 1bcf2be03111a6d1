import type { Answer, KubeObject } from "../cluster/cluster.ts";

/**
 * What a summary is made from, each as the API server answered; what was not asked is left out.
 * Lists are of the whole cluster, except the pods and Services: those of the namespace kube-system, and the
 * Service default/kubernetes, are enough to see which families a cluster serves.
 */
export interface Inventory {
  readonly nodes: Answer<readonly KubeObject[]>;
  readonly services: Answer<readonly KubeObject[]>;
  readonly pods: Answer<readonly KubeObject[]>;
  readonly daemonSets: Answer<readonly KubeObject[]>;
  /** networking.k8s.io/v1, Kubernetes 1.33 and newer. */
  readonly serviceCIDRs: Answer<readonly KubeObject[]>;
  /** What `cniQuestions` asks for. */
  readonly configMaps: readonly KubeObject[];
  /** crd.projectcalico.org/v1; needed for Calico only. */
  readonly ipPools: Answer<readonly KubeObject[]>;
}
