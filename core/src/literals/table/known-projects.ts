import { podKinds } from "../../manifest/resource.ts";

/** Whose objects and files the table of fields is about, and where they are described. */
export interface AddressProject {
  readonly project: string;
  readonly source: string;
  /** The commit of its repository, Traefik's of its chart, or its release, in whose schemas each of the fields was found, or that it had before; undefined where nobody has looked so closely. */
  readonly version?: string;
  /** API groups, "" for the core group; or kinds, for files that name no group. */
  readonly groups?: readonly string[];
  readonly kinds?: readonly string[];
  /** Of these kinds, only these fields. */
  readonly paths?: RegExp;
}

const kubernetes = "https://kubernetes.io/docs/reference/kubernetes-api/";

/** The first that fits; every entry of the table has to have one. */
export const knownProjects: readonly AddressProject[] = [
  { project: "MetalLB", version: "7938d3f of 2026-07-19", source: "https://metallb.io/apis/", groups: ["metallb.io"] },
  {
    project: "Calico",
    version: "87c1590 of 2026-08-22",
    source: "https://docs.tigera.io/calico/latest/reference/resources/",
    groups: ["projectcalico.org", "crd.projectcalico.org"],
  },
  {
    project: "Calico's operator",
    version: "87c1590 of 2026-08-22",
    source: "https://docs.tigera.io/calico/latest/reference/installation/api",
    groups: ["operator.tigera.io"],
  },
  {
    project: "kube-vip",
    source: "https://kube-vip.io/docs/usage/cloud-provider/",
    kinds: ["ConfigMap"],
    paths: /^data\."(?:cidr|range)-/,
  },
  {
    project: "Cilium",
    version: "v1.19.4",
    source: "https://docs.cilium.io/en/stable/network/kubernetes/",
    groups: ["cilium.io"],
    kinds: ["ConfigMap"],
  },
  {
    project: "Zalando's Postgres operator",
    version: "01d17b3",
    source: "https://postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest/",
    groups: ["acid.zalan.do"],
  },
  {
    project: "Gardener",
    version: "b312835 of 2026-08-21",
    source: "https://github.com/gardener/gardener/blob/master/docs/api-reference/core.md",
    groups: ["core.gardener.cloud", "operator.gardener.cloud"],
  },
  {
    project: "KubeOne",
    version: "a3c4f6b of 2026-08-20",
    source: "https://docs.kubermatic.com/kubeone/main/references/",
    groups: ["kubeone.k8c.io"],
  },
  {
    project: "external-dns",
    version: "2bf1bf8 of 2026-08-22",
    source: "https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/crd/",
    groups: ["externaldns.k8s.io"],
  },
  {
    project: "Antrea",
    version: "fc70f2b of 2026-08-21",
    source: "https://antrea.io/docs/",
    groups: ["crd.antrea.io"],
    kinds: ["AntreaConf"],
  },
  {
    project: "Charts and operators",
    source: "https://helm.sh/docs/chart_template_guide/values_files/",
    kinds: ["HelmValues", "*"],
  },
  {
    project: "Istio",
    version: "86c9f01 of 2026-08-22",
    source: "https://istio.io/latest/docs/reference/config/",
    groups: ["security.istio.io", "networking.istio.io", "install.istio.io", "sailoperator.io"],
  },
  {
    project: "Kube-OVN",
    version: "1533681 of 2026-08-22",
    source: "https://github.com/kubeovn/kube-ovn/tree/master/pkg/apis/kubeovn/v1",
    groups: ["kubeovn.io"],
  },
  {
    project: "OVN-Kubernetes",
    version: "8871cd9 of 2026-08-21",
    source: "https://ovn-kubernetes.io/api-reference/",
    groups: ["k8s.ovn.org"],
  },
  {
    project: "Envoy Gateway",
    version: "d32f282 of 2026-08-21",
    source: "https://gateway.envoyproxy.io/docs/api/extension_types/",
    groups: ["gateway.envoyproxy.io"],
  },
  {
    project: "Traefik",
    version: "a8a66d0 of 2026-08-21",
    source: "https://doc.traefik.io/traefik/reference/",
    groups: ["traefik.io", "traefik.containo.us"],
  },
  {
    project: "Rook",
    version: "d0c3b9c of 2026-08-21",
    source: "https://rook.io/docs/rook/latest/CRDs/Cluster/ceph-cluster-crd/",
    groups: ["ceph.rook.io"],
  },
  { project: "nmstate", version: "614c66d of 2024-10-16", source: "https://nmstate.io/", groups: ["nmstate.io"] },
  {
    project: "kops",
    version: "268927e of 2026-08-22",
    source: "https://kops.sigs.k8s.io/cluster_spec/",
    groups: ["kops.k8s.io"],
  },
  {
    project: "Cluster API",
    version: "ae7ff04 of 2026-08-21",
    source: "https://cluster-api.sigs.k8s.io/",
    groups: ["cluster.x-k8s.io"],
  },
  {
    project: "kubeadm",
    version: "017b1e4",
    source: "https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/",
    kinds: ["ClusterConfiguration", "InitConfiguration", "JoinConfiguration"],
  },
  {
    project: "kubelet",
    version: "63b3249 of 2026-07-23",
    source: "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
    groups: ["kubelet.config.k8s.io"],
  },
  {
    project: "kube-proxy",
    version: "d37b2e7 of 2026-07-21",
    source: "https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/",
    groups: ["kubeproxy.config.k8s.io"],
  },
  {
    project: "kind",
    version: "fed2688 of 2026-08-21",
    source: "https://kind.sigs.k8s.io/docs/user/configuration/",
    kinds: ["KindCluster"],
  },
  {
    project: "k3s, RKE2",
    version: "6ce1a80 of RKE2, 2026-08-21",
    source: "https://docs.k3s.io/cli/server",
    kinds: ["K3sConfig"],
  },
  {
    project: "k0s",
    version: "dff90ce of 2026-08-21",
    source: "https://docs.k0sproject.io/stable/configuration/",
    kinds: ["K0sCluster"],
  },
  {
    project: "Talos",
    version: "ad88231 of 2026-08-21",
    source: "https://www.talos.dev/latest/reference/configuration/v1alpha1/config/",
    kinds: ["TalosConfig"],
  },
  {
    project: "talhelper",
    version: "39b6979 of 2026-08-21",
    source: "https://budimanjojo.github.io/talhelper/latest/reference/configuration/",
    kinds: ["TalhelperConfig"],
  },
  {
    project: "Kubespray",
    version: "46dbdd3 of 2026-08-21",
    source: "https://github.com/kubernetes-sigs/kubespray/blob/master/docs/ansible/vars.md",
    kinds: ["KubesprayVars", "AnsibleInventory"],
  },
  {
    project: "RKE",
    version: "40c5dd4 of 2024-10-04",
    source: "https://rke.docs.rancher.com/config-options/services",
    kinds: ["RkeConfig"],
  },
  {
    project: "MicroK8s",
    version: "d099c90 of 2026-06-30",
    source: "https://microk8s.io/docs/ref-launch-config",
    kinds: ["MicroK8sLaunch"],
  },
  {
    project: "Contour",
    version: "31c4bb3 of 2026-08-18",
    source: "https://projectcontour.io/docs/main/config/api/",
    groups: ["projectcontour.io"],
  },
  {
    project: "OpenShift's networks and hosted clusters",
    source: "https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/networking_operators/",
    groups: ["config.openshift.io", "operator.openshift.io", "hypershift.openshift.io", "extensions.hive.openshift.io"],
  },
  {
    project: "Karpenter",
    source: "https://karpenter.sh/docs/concepts/nodeclasses/",
    groups: ["karpenter.k8s.aws", "karpenter.sh"],
  },
  {
    project: "Spiderpool",
    version: "09d2681",
    source: "https://spidernet-io.github.io/spiderpool/",
    groups: ["spiderpool.spidernet.io"],
  },
  { project: "KubeVirt", source: "https://kubevirt.io/user-guide/", groups: ["kubevirt.io"] },
  { project: "frr-k8s", source: "https://github.com/metallb/frr-k8s", groups: ["frrk8s.metallb.io"] },
  {
    project: "Tailscale",
    source: "https://tailscale.com/kb/1441/kubernetes-operator-connector",
    groups: ["tailscale.com"],
  },
  {
    project: "ClickHouse",
    source: "https://github.com/Altinity/clickhouse-operator/blob/master/docs/custom_resource_explained.md",
    groups: ["clickhouse.altinity.com"],
  },
  {
    project: "PureLB",
    version: "08b4e19 of 2026-08-19",
    source: "https://purelb.gitlab.io/docs/",
    groups: ["purelb.io", "bgp.purelb.io"],
  },
  {
    project: "Addresses of machines in Cluster API",
    version: "bc27dd7 of the pools in a cluster, 1f5fa68 of Metal3, 38e3ded of Proxmox, 111a1ba of vSphere, 2026-08",
    source: "https://cluster-api.sigs.k8s.io/reference/providers#ip-address-management-ipam",
    groups: ["ipam.cluster.x-k8s.io", "ipam.metal3.io", "infrastructure.cluster.x-k8s.io"],
  },
  {
    project: "OpenShift",
    source: "https://docs.openshift.com/container-platform/latest/installing/",
    kinds: ["InstallConfig"],
  },
  {
    project: "flannel",
    version: "cdf7605 of 2026-08-14",
    source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md",
    kinds: ["FlannelNetConf"],
  },
  {
    project: "CNI plugins, whereabouts",
    version: "3d27709 of 2026-04-13, 3a262bd of 2026-06-02",
    source: "https://www.cni.dev/plugins/current/",
    kinds: ["CNIConfig"],
  },
  { project: "An address plan of this tool", source: "https://www.rfc-editor.org/rfc/rfc4193", kinds: ["AddressPlan"] },
  {
    project: "Gateway API, network policies of administrators",
    version: "4564255 of 2026-08-21, 0eec1b0 of 2026-07-01",
    source: "https://gateway-api.sigs.k8s.io/reference/spec/",
    kinds: ["Gateway", "ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"],
  },
  {
    project: "Kubernetes",
    version: "10b39a3 of 2026-07-24",
    source: kubernetes,
    groups: ["", "discovery.k8s.io", "networking.k8s.io", "extensions"],
    kinds: ["Ingress", "Service", ...podKinds],
  },
];
