import { basename } from "node:path";
import { containerHash } from "../cgroups.ts";
import { images } from "../images.ts";
import { dnsNames } from "../options.ts";
import type { Addresses, LabPlan, NodePlan, PodPlan } from "../plan.ts";
import { calicoObjects } from "./calico.ts";
import { daemonSet, deployment, setLabels } from "./controllers.ts";
import { type Any, type ApiObject, now, object, ownedBy, suffix } from "./object.ts";

/** A pod of the API and the container behind it. */
export interface Workload {
  pod: ApiObject;
  container: string;
}

/** Deployments, DaemonSets and every Pod: the lab's own, CoreDNS, and the hostNetwork pods of each node. */
export function workloads(plan: LabPlan): { objects: ApiObject[]; pods: Workload[] } {
  const apps = ["web", "client", ...(plan.options.controllers ? ["cert-manager"] : [])];
  const deployments = apps.map((app) => {
    const own = plan.pods.filter((pod) => pod.app === app);
    return [app, deployment(own[0]?.namespace ?? "default", app, { app }, own)] as const;
  });
  const dns = dnsNames(plan.options);
  const coredns = deployment(dns.namespace, dns.workload, { "k8s-app": "kube-dns" }, [plan.dns]);
  const owners = new Map(deployments);
  const pods = plan.pods.map((pod) => podOf(plan, pod, { app: pod.app }, owners.get(pod.app)));
  const agents = hostPods(plan);
  const objects = [...deployments.map(([, each]) => each), coredns, ...agents.sets, ...calicoObjects(plan)];
  return { objects, pods: [...pods, podOf(plan, plan.dns, { "k8s-app": "kube-dns" }, coredns), ...agents.pods] };
}

/** The CNI agent and kube-proxy of a node, with the id of their containers. */
export function hostContainers(plan: LabPlan, node: NodePlan): { id: string; set: string; image: string }[] {
  if (!plan.options.agents) return [];
  const cni = plan.options.plugin ?? (plan.options.mode === "routed" ? "calico-node" : "kube-flannel-ds");
  return [
    { id: `${cni}-${suffix(`${cni}${node.name}`)}`, set: cni, image: agentImages[cni] },
    { id: `kube-proxy-${suffix(`kube-proxy${node.name}`)}`, set: "kube-proxy", image: "kube-proxy" },
  ];
}

const agentImages = {
  cilium: "cilium",
  "weave-net": "flannel",
  "calico-node": "calico",
  "kube-flannel-ds": "flannel",
} as const;
/** What the container of a DaemonSet's pods is called, where it is not called like it. */
const agentContainers: Record<string, string> = { cilium: "cilium-agent", "kube-flannel-ds": "kube-flannel" };

function hostPods(plan: LabPlan): { sets: ApiObject[]; pods: Workload[] } {
  const names = hostContainers(plan, plan.nodes[0] as NodePlan).map(({ set, image }) => ({ set, image }));
  const sets = new Map(names.map(({ set, image }) => [set, daemonSet(plan, set, image)]));
  const pods = plan.nodes.flatMap((node) =>
    hostContainers(plan, node).map(({ id, set, image }): Workload => {
      const owner = sets.get(set) as ApiObject;
      const spec = { hostNetwork: true, dnsPolicy: "ClusterFirst", priorityClassName: "system-node-critical" };
      return {
        pod: pod(
          plan,
          id,
          "kube-system",
          node,
          node.addresses,
          image,
          agentContainers[set] ?? set,
          setLabels(set),
          owner,
          spec,
        ),
        container: id,
      };
    }),
  );
  return { sets: [...sets.values()], pods };
}

function podOf(plan: LabPlan, each: PodPlan, labels: Record<string, string>, owner: ApiObject | undefined): Workload {
  const node = plan.nodes[each.node - 1] as NodePlan;
  const container = each === plan.dns ? "coredns" : each.app;
  return {
    pod: pod(plan, each.name, each.namespace, node, each.addresses, each.image, container, labels, owner, {}),
    container: each.name,
  };
}

function pod(
  plan: LabPlan,
  name: string,
  namespace: string,
  node: NodePlan,
  addresses: Addresses,
  image: string,
  container: string,
  labels: Record<string, string>,
  owner: ApiObject | undefined,
  spec: Any,
): ApiObject {
  const reference = images[image]?.reference ?? image;
  const ips = plan.families.flatMap((family) => (addresses[family] ? [{ ip: addresses[family] }] : []));
  const hosts = plan.families.map((family) => ({ ip: node.addresses[family] }));
  // The node controller marks the pods of a lost node; what their containers do it does not know.
  const ready = !plan.options.notReady.includes(node.name);
  const port = spec.hostNetwork
    ? []
    : [
        {
          name: container === "coredns" ? "dns" : "http",
          containerPort: container === "coredns" ? 53 : 8080,
          protocol: container === "coredns" ? "UDP" : "TCP",
        },
      ];
  return object(
    "v1",
    "Pod",
    { name, namespace, labels, generation: 1, ...(owner ? { ownerReferences: [ownedBy(owner)] } : {}) },
    {
      spec: {
        containers: [
          {
            name: container,
            image: reference,
            ports: port,
            resources: resources(plan, name),
            imagePullPolicy: "IfNotPresent",
            terminationMessagePath: "/dev/termination-log",
            terminationMessagePolicy: "File",
          },
        ],
        restartPolicy: "Always",
        terminationGracePeriodSeconds: 30,
        dnsPolicy: "ClusterFirst",
        serviceAccountName: "default",
        nodeName: node.name,
        securityContext: {},
        schedulerName: "default-scheduler",
        enableServiceLinks: true,
        ...spec,
      },
      status: {
        phase: "Running",
        conditions: ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"].map(
          (type) => ({ type, status: ready || type !== "Ready" ? "True" : "False", lastTransitionTime: now() }),
        ),
        hostIP: hosts[0]?.ip,
        hostIPs: hosts,
        podIP: ips[0]?.ip,
        podIPs: ips,
        startTime: now(),
        containerStatuses: [
          {
            name: container,
            state: { running: { startedAt: now() } },
            lastState: {},
            ready: true,
            started: true,
            restartCount: 0,
            image: reference,
            imageID: reference,
            containerID: `containerd://${containerHash(basename(plan.directory), name)}`,
          },
        ],
        qosClass: plan.options.limits[name] ? "Burstable" : "BestEffort",
      },
    },
  );
}

/** Limits as the pod's author writes them; how many processes a pod may have is the kubelet's to say, and stands nowhere here. */
function resources(plan: LabPlan, pod: string): Any {
  const { pids: _kubelet, ...limits } = plan.options.limits[pod] ?? {};
  return Object.keys(limits).length > 0 ? { limits, requests: limits } : {};
}
