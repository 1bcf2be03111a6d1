/**
 * What agents of network plugins print, cut to what is read, with addresses of the tests in the place of those that people
 * had. Where each form is from stands beside it.
 */

/** Status of Cilium 1.17 as JSON, by its model: https://github.com/cilium/cilium/blob/main/api/v1/models/status_response.go */
export function ciliumStatus(more: object = {}): string {
  return JSON.stringify({
    cilium: { msg: "1.17.1 (v1.17.1-d8fb2f6d)", state: "Ok" },
    kubernetes: { "k8s-api-versions": ["cilium/v2::CiliumNode"], msg: "1.31 (v1.31.0) [linux/amd64]", state: "Ok" },
    "kube-proxy-replacement": {
      mode: "True",
      devices: ["eth0"],
      deviceList: [{ ip: ["2001:db8:18::101"], name: "eth0" }],
    },
    masquerading: { enabled: true, enabledProtocols: { ipv4: true, ipv6: true }, mode: "BPF" },
    ipam: { status: "4/254 allocated from 10.244.1.0/24, IPv6: 4/65534 allocated from fd00:10:244:1::/112" },
    controllers: [
      {
        name: "cilium-health-ep",
        status: { "success-count": 12, "last-failure-timestamp": "0001-01-01T00:00:00.000Z" },
      },
    ],
    cluster: { ciliumHealth: { state: "Ok" }, self: "default/n1" },
    ...more,
  });
}

const banner = "Listening for events on 2 CPUs with 64x4096 of shared memory\nPress Ctrl-C to quit\n";

/** `cilium-dbg monitor --type drop`, as at https://docs.cilium.io/en/stable/operations/troubleshooting/#monitoring-datapath-state and in the issues named. */
export const ciliumMonitor = {
  silent: banner,
  /** https://github.com/cilium/cilium/issues/16261 */
  neighbours: `${banner}xx drop (Policy denied) flow 0x0 to endpoint 643, identity 2->91964: fe80::10e1:a7ff:fecc:3e32 -> ff02::1:ff00:11 NeighborSolicitation\n`,
  /** https://github.com/cilium/cilium/issues/29498, with a SYN in the place of the error */
  service: `${banner}xx drop (Stale or unroutable IP) flow 0x42227fbf to endpoint 0, ifindex 7, file bpf_host.c:378, , identity 5785->unknown: [fd00:10:244:1::11]:41236 -> [fd00:10:96::50]:80 tcp SYN\n`,
  policy: `${banner}level=info msg="Initializing dissection cache..." subsys=monitor\nxx drop (Policy denied) flow 0x8f2a1c3d to endpoint 1204, ifindex 24, file bpf_lxc.c:2004, , identity 25478->31902: [fd00:10:244:1::11]:44120 -> [fd00:10:244:2::11]:8080 tcp SYN\n`,
  /** https://github.com/cilium/cilium/issues/5496: others' packets, in the words of 2018 */
  others: `${banner}xx drop (Invalid destination mac) flow 0x61b2d9a8 to endpoint 0, identity 4->0: fe80::18da:1ff:fe73:4d40 -> ff02::2 RouterSolicitation
xx drop (Unknown L3 target address) flow 0x1f270bb6 to endpoint 0, identity 0->0: :: -> ff02::1:ff00:ab0d NeighborSolicitation
xx drop (Policy denied (L3)) flow 0xdd1bea99 to endpoint 0, identity 5->7479: 10.2.1.205:38631 -> 10.2.2.169:53 udp
xx drop (Invalid destination mac) flow 0xbd5e5147 to endpoint 0, identity 5->0: fe80::6868:e9ff:fed8:c403 -> ff02::16 58(0)
xx drop (Policy denied) to endpoint 25729, identity 261->264: fd02::c0a8:210b:0:bf00 -> fd02::c0a8:210b:0:6481 EchoRequest
`,
  refused:
    "Error: Unable to connect to the monitor: dial unix /var/run/cilium/monitor1_2.sock: connect: no such file or directory\n",
};

/** Such a drop of other packets, in the words of 1.17. */
export function ciliumDrop(from: string, to: string, what: string): string {
  const reason = what.startsWith("tcp") ? "Stale or unroutable IP" : "Policy denied";
  return `${banner}xx drop (${reason}) flow 0x0 to endpoint 643, ifindex 24, file bpf_lxc.c:2004, , identity 2->91964: ${from} -> ${to} ${what}\n`;
}

/** A shell script that prints something by its first argument; what listens goes on until it is ended. */
export function printing(said: Readonly<Record<string, string>>): string {
  const branches = Object.entries(said).map(
    ([word, text]) => `${word}) cat <<'END'\n${text.trimEnd()}\nEND\n${word === "monitor" ? "exec sleep 60" : ":"};;\n`,
  );
  return `case $1 in\n${branches.join("")}*) exit 2;;\nesac`;
}

/** BIRD's list, by the tests of https://github.com/projectcalico/calico/blob/master/calicoctl/calicoctl/commands/node/status_test.go */
export function birdProtocols(...sessions: string[]): string {
  return `BIRD v0.3.3+birdv1.6.8 ready.
name     proto    table    state  since       info
static1  Static   master   up     20:04:02
kernel1  Kernel   master   up     20:04:02
device1  Device   master   up     20:04:02
direct1  Direct   master   up     20:04:02
${sessions.join("\n")}
`;
}
export const meshUp = "Mesh_2001_db8_18__102 BGP      master   up     20:04:05    Established";
export const meshDown =
  "Mesh_2001_db8_18__102 BGP      master   start  20:04:02    Active        Socket: No route to host";

/** GoBGP's list: https://github.com/cloudnativelabs/kube-router/issues/202, with one peer over IPv6 and one that was never heard */
export const gobgpNeighbors = `Peer               AS  Up/Down State       |#Received  Accepted
172.18.1.2      64512 00:07:58 Establ      |        1         1
2001:db8:18::102 64512    never Active      |        0         0
2001:db8:18::103 64512 9d 22:45:00 Establ    |        1         1
`;
/** One version prints no addresses: https://github.com/cloudnativelabs/kube-router/issues/58 */
export const gobgpNameless = `Peer    AS  Up/Down State       |#Received  Accepted
 64512 00:30:53 Establ      |        1         1
`;

/** https://github.com/flannel-io/flannel/blob/master/Documentation/running.md */
export const subnetEnv = `FLANNEL_NETWORK=10.244.0.0/16
FLANNEL_SUBNET=10.244.1.1/24
FLANNEL_IPV6_NETWORK=fd00:10:244::/48
FLANNEL_IPV6_SUBNET=fd00:10:244:1::1/64
FLANNEL_MTU=1430
FLANNEL_IPMASQ=true
`;

/** https://github.com/antrea-io/antrea/pull/318, its conditions by https://pkg.go.dev/antrea.io/antrea/pkg/apis/crd/v1beta1 */
export const antreaInfo = `[
  {
    "version": "v2.3.0",
    "podRef": { "kind": "Pod", "namespace": "kube-system", "name": "antrea-agent-0" },
    "nodeRef": { "kind": "Node", "name": "n1" },
    "nodeSubnets": ["192.168.1.0/24", "fd00:10:244:1::/64"],
    "ovsInfo": { "version": "3.1.0", "bridgeName": "br-int", "flowTable": { "0": 5, "10": 7 } },
    "networkPolicyControllerInfo": {},
    "localPodNum": 2,
    "agentConditions": [
      { "type": "AgentHealthy", "status": "True", "lastHeartbeatTime": "2026-02-04T11:25:20Z" },
      { "type": "ControllerConnectionUp", "status": "False", "lastHeartbeatTime": "2026-02-04T11:25:20Z" }
    ]
  }
]`;

/** `ovs-vsctl get Open_vSwitch . external_ids` of a node of OVN: https://man7.org/linux/man-pages/man8/ovn-controller.8.html */
export const externalIds = `{hostname=n1, ovn-bridge-mappings="physnet:breth0", ovn-encap-ip="2001:db8:18::101", ovn-encap-type=geneve, ovn-remote="unix:/var/run/ovn/ovnsb_db.sock", system-id="4c9b7a2e"}
`;
export const ovnController = `ovn-controller 24.03.2
Open vSwitch Library 3.3.1
OpenFlow versions 0x6:0x6
SB DB Schema 20.33.0
`;

/** `hubble observe -o json`: https://github.com/cilium/cilium/pull/40519, its names of policies by https://github.com/cilium/cilium/pull/31544 */
export const hubbleDropped = `${JSON.stringify({
  flow: {
    time: "2026-07-15T01:32:14.234858520Z",
    uuid: "54a59c8d-9c82-4741-ac0a-25b9c54aead6",
    verdict: "DROPPED",
    drop_reason: 181,
    IP: { source: "fd00:10:244:1::11", destination: "fd00:10:244:2::11", ipVersion: "IPv6" },
    l4: { TCP: { source_port: 55462, destination_port: 8080, flags: { SYN: true } } },
    Type: "L3_L4",
    node_name: "n1",
    traffic_direction: "EGRESS",
    drop_reason_desc: "POLICY_DENY",
    egress_denied_by: [
      { name: "deny-world", namespace: "default", labels: ["k8s:io.cilium.k8s.policy.name=deny-world"] },
    ],
    Summary: "TCP Flags: SYN",
  },
  node_name: "n1",
  time: "2026-07-15T01:32:14.234858520Z",
})}
{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"1"}}
`;
export const hubbleRefused = `failed to connect to 'unix:///var/run/cilium/hubble.sock': connection error: desc = "transport: error while dialing: dial unix /var/run/cilium/hubble.sock: connect: no such file or directory"\n`;
