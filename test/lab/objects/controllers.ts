import { images } from "../images.ts";
import type { LabPlan, PodPlan } from "../plan.ts";
import { calicoEnvironment } from "./calico.ts";
import { type Any, type ApiObject, object } from "./object.ts";

/** A Deployment whose pods all run. */
export function deployment(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  pods: readonly PodPlan[],
): ApiObject {
  const image = images[pods[0]?.image ?? "busybox"]?.reference;
  const count = pods.length;
  return object(
    "apps/v1",
    "Deployment",
    { name, namespace, labels, generation: 1 },
    {
      spec: {
        replicas: count,
        selector: { matchLabels: labels },
        template: template(labels, name, image),
        strategy: { type: "RollingUpdate" },
      },
      status: {
        observedGeneration: 1,
        replicas: count,
        updatedReplicas: count,
        readyReplicas: count,
        availableReplicas: count,
      },
    },
  );
}

/** A DaemonSet of the kube-system namespace that runs on every node. */
export function daemonSet(plan: LabPlan, name: string, image: string): ApiObject {
  const labels = setLabels(name);
  const count = plan.nodes.length;
  const spec = template(labels, name, images[image]?.reference, { hostNetwork: true });
  if (name === "calico-node") spec.spec.containers[0].env = calicoEnvironment(plan);
  if (name === "kube-flannel-ds") spec.spec.containers[0].args = ["--ip-masq", "--kube-subnet-mgr"];
  return object(
    "apps/v1",
    "DaemonSet",
    { name, namespace: "kube-system", labels, generation: 1 },
    {
      spec: { selector: { matchLabels: labels }, template: spec, updateStrategy: { type: "RollingUpdate" } },
      status: {
        observedGeneration: 1,
        currentNumberScheduled: count,
        desiredNumberScheduled: count,
        numberAvailable: count,
        numberMisscheduled: 0,
        numberReady: count,
        updatedNumberScheduled: count,
      },
    },
  );
}

function template(labels: Record<string, string>, name: string, image: string | undefined, more: Any = {}): Any {
  return {
    metadata: { labels },
    spec: {
      containers: [{ name, image, resources: {} }],
      dnsPolicy: "ClusterFirst",
      restartPolicy: "Always",
      schedulerName: "default-scheduler",
      ...more,
    },
  };
}

/** The labels a DaemonSet selects its pods by. */
export function setLabels(set: string): Record<string, string> {
  if (set === "kube-flannel-ds") return { app: "flannel", tier: "node" };
  return { "k8s-app": set };
}
