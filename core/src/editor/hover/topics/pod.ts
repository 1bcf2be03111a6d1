import type { FieldDoc } from "../field-doc.ts";

const pod = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";
const kinds = ["pod"];

export const topic: readonly FieldDoc[] = [
  {
    kinds,
    path: "hostAliases",
    says: "Lines of /etc/hosts. Give a name one line a family where both are to work; bare addresses, no brackets.",
    source: "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
  },
  {
    kinds,
    path: "hostAliases[].ip",
    says: "A bare IPv4 or IPv6 address, one a line.",
    source: "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
  },
  {
    kinds,
    path: "dnsConfig.nameservers",
    says: "At most 3, of either family; one the pod has no address of its family for cannot be reached.",
    source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  },
  {
    kinds,
    path: "dnsPolicy",
    says: "`ClusterFirst` asks the kube-dns Service, whose first ClusterIP the kubelet writes into /etc/resolv.conf: that family has to be one of the pod's.",
    source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  },
  {
    kinds,
    path: "hostNetwork",
    says: "The pod has the node's addresses: both families only if the Node has an InternalIP of both.",
    source: pod,
  },
  {
    kinds,
    path: "containers[].ports[].hostIP",
    says: "`0.0.0.0` opens the hostPort for IPv4 only; left out it is open for both families.",
    source: pod,
  },
  {
    kinds,
    path: "containers[].livenessProbe.httpGet.host",
    says: "Left out, the kubelet connects to `status.podIP`, the pod's **primary** family: the program has to listen there.",
    source: pod,
  },
  {
    kinds,
    path: "containers[].readinessProbe.httpGet.host",
    says: "Left out, the kubelet connects to `status.podIP`, the pod's **primary** family: the program has to listen there.",
    source: pod,
  },
  {
    kinds,
    path: "securityContext.sysctls",
    says: "`net.ipv6.*` is no safe sysctl: the kubelet has to allow it, and it changes nothing for the node.",
    source: "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",
  },
  {
    kinds: ["Pod"],
    path: "status.podIPs",
    says: "All addresses of the pod, at most one a family. `status.podIP` is the first, and the only one `kubectl get pods -o wide` shows.",
    source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  },
  {
    kinds: ["Node"],
    path: "spec.podCIDRs",
    says: "The ranges the node's pods get addresses from, one a family. They never change once set: delete the Node and let it register anew.",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/",
  },
  {
    kinds: ["Node"],
    path: "spec.podCIDR",
    says: "The first of `podCIDRs`.",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/",
  },
];
