import { release } from "node:os";
import { dnsNames, usualDns } from "../options.ts";
import { clusterCidr, type LabPlan, type NodePlan, router, serviceCidr } from "../plan.ts";
import { type ApiObject, now, object } from "./object.ts";

/** Nodes, namespaces, the ServiceCIDR and the configuration a cluster made by kubeadm keeps in ConfigMaps. */
export function clusterObjects(plan: LabPlan): ApiObject[] {
  const usual = ["default", "kube-system", "kube-public", "kube-node-lease"];
  const others = [...plan.pods, plan.dns].map(({ namespace }) => namespace);
  const namespaces = [...new Set([...usual, ...others])].map((name) =>
    object(
      "v1",
      "Namespace",
      { name, labels: { "kubernetes.io/metadata.name": name } },
      { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
    ),
  );
  const ranges = plan.families.map((family) => serviceCidr[family]);
  const cidr = object(
    "networking.k8s.io/v1",
    "ServiceCIDR",
    { name: "kubernetes" },
    {
      spec: { cidrs: ranges },
      status: {
        conditions: [
          {
            type: "Ready",
            status: "True",
            reason: "",
            message: "Kubernetes Service CIDR is ready",
            lastTransitionTime: now(),
          },
        ],
      },
    },
  );
  return [...namespaces, cidr, ...plan.nodes.map((node) => nodeObject(plan, node)), ...configMaps(plan)];
}

function nodeObject(plan: LabPlan, node: NodePlan): ApiObject {
  const cidrs = plan.families.flatMap((family) => node.podCidr[family] ?? []);
  const ips = plan.families.map((family) => ({ type: "InternalIP", address: node.addresses[family] }));
  const labels: Record<string, string> = {
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": node.name,
    "kubernetes.io/os": "linux",
  };
  if (node.index === 1) labels["node-role.kubernetes.io/control-plane"] = "";
  return object(
    "v1",
    "Node",
    { name: node.name, labels, annotations: { "node.alpha.kubernetes.io/ttl": "0" } },
    {
      spec: { podCIDR: cidrs[0], podCIDRs: cidrs },
      status: {
        addresses: [...ips, { type: "Hostname", address: node.name }],
        capacity: { cpu: "2", memory: "4Gi", pods: "110" },
        allocatable: { cpu: "2", memory: "4Gi", pods: "110" },
        conditions: plan.options.notReady.includes(node.name) ? lost() : conditions(),
        daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
        nodeInfo: {
          machineID: node.name,
          systemUUID: node.name,
          bootID: node.name,
          kernelVersion: release(),
          osImage: "Debian GNU/Linux 12 (bookworm)",
          containerRuntimeVersion: "containerd://2.1.5",
          kubeletVersion: "v1.36.0",
          kubeProxyVersion: "",
          operatingSystem: "linux",
          architecture: "amd64",
        },
        images: [],
      },
    },
  );
}

function conditions(): object[] {
  const healthy = [
    ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
    ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
    ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
    ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
  ];
  return healthy.map(([type, status, reason, message]) => ({
    type,
    status,
    lastHeartbeatTime: now(),
    lastTransitionTime: now(),
    reason,
    message,
  }));
}

/** What the node controller writes when a kubelet has not been heard of. */
function lost(): object[] {
  return ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"].map((type) => ({
    type,
    status: "Unknown",
    reason: "NodeStatusUnknown",
    message: "Kubelet stopped posting node status.",
    lastHeartbeatTime: now(),
    lastTransitionTime: now(),
  }));
}

/** kubeadm's own stand in clusters that kubeadm made: not where a chart named the DNS, nor where no agent is a pod. */
function configMaps(plan: LabPlan): ApiObject[] {
  const { namespace, workload } = dnsNames(plan.options);
  const dns = object("v1", "ConfigMap", { name: workload, namespace }, { data: { Corefile: corefile(plan) } });
  if (!plan.options.agents) return [dns];
  const made = plan.options.dns === usualDns ? [kubeadmConfig(plan)] : [];
  const agents = [
    kubeProxyConfig(plan),
    ...(plan.options.mode === "routed" || plan.options.plugin ? [] : [flannelConfig(plan)]),
  ];
  return [dns, ...made, ...agents];
}

function kubeProxyConfig(plan: LabPlan): ApiObject {
  const pods = plan.families.map((family) => clusterCidr[family]).join(",");
  const data = {
    "config.conf": `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: ${pods}\nmode: ${plan.options.proxy}\n`,
  };
  return object("v1", "ConfigMap", { name: "kube-proxy", namespace: "kube-system" }, { data });
}

function kubeadmConfig(plan: LabPlan): ApiObject {
  const pods = plan.families.map((family) => clusterCidr[family]).join(",");
  const services = plan.families.map((family) => serviceCidr[family]).join(",");
  const data = {
    ClusterConfiguration: [
      "apiVersion: kubeadm.k8s.io/v1beta4",
      "kind: ClusterConfiguration",
      "clusterName: lab",
      "kubernetesVersion: v1.36.0",
      `controlPlaneEndpoint: "${plan.families.includes("IPv6") ? `[${router.IPv6}]` : router.IPv4}:6443"`,
      "networking:",
      `  dnsDomain: ${plan.options.domain}`,
      `  podSubnet: ${pods}`,
      `  serviceSubnet: ${services}`,
      "",
    ].join("\n"),
  };
  return object("v1", "ConfigMap", { name: "kubeadm-config", namespace: "kube-system" }, { data });
}

/** Flannel keeps its configuration in its own namespace. */
function flannelConfig(plan: LabPlan): ApiObject {
  const net = {
    ...(plan.families.includes("IPv4") ? { Network: clusterCidr.IPv4 } : { EnableIPv4: false }),
    ...(plan.families.includes("IPv6") ? { EnableIPv6: true, IPv6Network: clusterCidr.IPv6 } : {}),
    EnableNFTables: false,
    Backend: { Type: plan.options.mode === "bridge" ? "host-gw" : "vxlan" },
  };
  const data = { "cni-conf.json": JSON.stringify(cniConfig, null, 2), "net-conf.json": JSON.stringify(net, null, 2) };
  return object(
    "v1",
    "ConfigMap",
    { name: "kube-flannel-cfg", namespace: "kube-system", labels: { app: "flannel" } },
    { data },
  );
}

const cniConfig = {
  name: "cbr0",
  cniVersion: "0.3.1",
  plugins: [
    { type: "flannel", delegate: { hairpinMode: true, isDefaultGateway: true } },
    { type: "portmap", capabilities: { portMappings: true } },
  ],
};

const corefile = (plan: LabPlan) => `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${plan.options.domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;
