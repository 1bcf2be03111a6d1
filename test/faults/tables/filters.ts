import { by, type Faults, forgotten, from, merge, neighbour, nft, node, outside, pair, paths, shell } from "../case.ts";

const dropsICMPv6 = "ip6tables -I INPUT -p ipv6-icmp -j DROP";
const dropsKubelet = "ip6tables -A INPUT -p tcp --dport 10250 -j DROP";
/** An nftables chain that accepts what belongs to a connection, and not what finds the other end. */
export const hostChain = (...more: readonly string[]) =>
  nft(
    "n1",
    "add table inet host",
    "add chain inet host input { type filter hook input priority 0 ; policy drop ; }",
    "add rule inet host input ct state established,related accept",
    "add rule inet host input meta nfproto ipv4 accept",
    'add rule inet host input iifname "lo" accept',
    "add rule inet host input meta l4proto { tcp, udp } accept",
    ...more,
  );
export const policy = (name: string, spec: object) => ({
  create: paths.policies,
  body: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name }, spec },
});
export const web = { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"] };

const perSource = "--hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name rate";
/** As guides against floods have it: so much may pass, and the rest is dropped. */
export const rated = (node: string, match: string) =>
  by(
    node,
    "ip6tables -N RATE",
    `ip6tables -A RATE -m ${match} -j RETURN`,
    "ip6tables -A RATE -j DROP",
    "ip6tables -I FORWARD -p tcp --dport 8080 -j RATE",
  );
const usedUp = shell("n1-p1", "timeout 3 busybox nc -w 1 fd00:10:244:2::11 8080 </dev/null >/dev/null 2>&1; true");

/** Of packet filters, by either program, at each hook that a packet passes, and of policies. */
export const filterFaults: Faults = {
  "forward-policy-drops-ipv6": [
    { what: "a rule at the head of FORWARD", make: by("n1", "ip6tables -I FORWARD -j DROP"), subject: pair },
    {
      what: "Docker came, and nobody opened its policy for pods",
      lab: { noise: false },
      make: by("n1", "ip6tables -P FORWARD DROP", "ip6tables -N DOCKER-USER", "ip6tables -I FORWARD -j DOCKER-USER"),
      subject: pair,
    },
    ...["limit --limit 1/hour --limit-burst 1", `hashlimit ${perSource}`].map((match) => ({
      what: `what is above a rate (${match.split(" ")[0]}) that others have used up`,
      make: [...rated("n1", match), usedUp],
      subject: pair,
    })),
    {
      what: "a rule in a chain of somebody's own, on the far node",
      make: by(
        "n2",
        "ip6tables -N HARDEN",
        "ip6tables -I FORWARD -j HARDEN",
        "ip6tables -A HARDEN -p tcp --dport 8080 -j DROP",
      ),
      subject: pair,
    },
  ],
  "early-hook-drops": [
    {
      what: "a rule of the raw table",
      make: by("n1", "ip6tables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP"),
      subject: pair,
    },
    {
      what: "the same on the far node",
      make: by("n2", "ip6tables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP"),
      subject: pair,
    },
    {
      what: "an nftables chain before connections are tracked",
      make: nft(
        "n1",
        "add table ip6 early",
        "add chain ip6 early pre { type filter hook prerouting priority -300 ; }",
        "add rule ip6 early pre tcp dport 8080 counter drop",
      ),
      subject: pair,
    },
  ],
  "firewall-rejects": [
    {
      what: "ip6tables, on the node of the source",
      make: by("n1", "ip6tables -I FORWARD -j REJECT --reject-with icmp6-adm-prohibited"),
      subject: pair,
    },
    {
      what: "as a router would that has no route, on the node itself",
      on: ["bridge"],
      make: by(
        "n1",
        "ip6tables -I FORWARD -d 2001:db8:ffff::/48 -j REJECT --reject-with icmp6-no-route",
        "ip6tables -I OUTPUT -d 2001:db8:ffff::/48 -j REJECT --reject-with icmp6-no-route",
      ),
      subject: outside,
    },
    {
      what: "firewalld in nftables on the far node, beside iptables that accepts",
      make: ({ mode }) =>
        nft(
          "n2",
          "add table inet firewalld",
          "add chain inet firewalld filter_FORWARD { type filter hook forward priority 10 ; }",
          "add rule inet firewalld filter_FORWARD ct state established,related accept",
          `add rule inet firewalld filter_FORWARD meta nfproto ipv6 oifname "${mode === "routed" ? "veth1" : "cni0"}" counter reject with icmpx type admin-prohibited`,
        ),
      subject: pair,
    },
  ],
  "nftables-drops": [
    {
      what: "forwarded TCP, on the far node",
      make: nft(
        "n2",
        "add table ip6 fw",
        "add chain ip6 fw forward { type filter hook forward priority 0 ; }",
        "add rule ip6 fw forward meta l4proto tcp drop",
      ),
      subject: pair,
    },
    {
      what: "by the policy of a chain",
      make: nft(
        "n1",
        "add table ip6 fw",
        "add chain ip6 fw forward { type filter hook forward priority 0 ; policy drop ; }",
      ),
      subject: pair,
    },
    {
      what: "a range of ports",
      make: nft(
        "n1",
        "add table inet hardening",
        "add chain inet hardening fw { type filter hook forward priority -5 ; }",
        "add rule inet hardening fw ip6 daddr fd00:10:244:2::/64 tcp dport 8000-8999 counter drop",
      ),
      subject: pair,
    },
  ],
  "pod-firewall-drops": [
    {
      what: "a sidecar's rules, which a container of the pod can read",
      lab: { images: { "n2-p1": "netshoot" } },
      make: by("n2-p1", "ip6tables -A INPUT -p tcp --dport 8080 -j DROP"),
      subject: pair,
    },
    {
      what: "the policy of a pod that accepts others",
      lab: { images: { "n2-p1": "netshoot" } },
      make: by(
        "n2-p1",
        "ip6tables -P INPUT DROP",
        "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT",
        "ip6tables -A INPUT -s fd00:10:244:9::/64 -j ACCEPT",
      ),
      subject: pair,
    },
    {
      what: "rules that nobody can read",
      make: by("n2-p1", "ip6tables -A INPUT -p tcp --dport 8080 -j DROP"),
      subject: pair,
      verdict: "possible",
    },
  ],
  // Unasked, a port of a node is only missed where the other family comes there.
  "host-firewall-drops": [
    { what: "a port of the node itself", on: ["dual"], make: by("n2", dropsKubelet), subject: node },
    {
      what: "a port of the node, dialled by its address",
      make: by("n2", dropsKubelet),
      subject: { from, to: { kind: "address", address: "2001:db8:18::102", port: 10250 } },
    },
    {
      what: "a port of the node, in nftables",
      on: ["dual"],
      make: nft(
        "n2",
        "add table inet host",
        "add chain inet host input { type filter hook input priority 0 ; }",
        "add rule inet host input meta nfproto ipv6 tcp dport 10250 counter drop",
      ),
      subject: node,
    },
  ],
  "neighbour-discovery-dropped": [
    {
      what: "the far node does not hear who asks for it",
      on: ["routed"],
      make: [...by("n2", dropsICMPv6), ...forgotten("n1", "n2", "n2-p1", "gw")],
      subject: pair,
    },
    {
      what: "the far node does not find its own pod",
      on: ["bridge"],
      // The nodes know each other for good.
      make: [
        shell("n1", neighbourStays("2001:db8:18::102")),
        shell("n2", neighbourStays("2001:db8:18::101")),
        ...by("n2", dropsICMPv6),
        ...forgotten("n2-p1"),
        ...by("n2", "ip -6 neigh flush dev cni0"),
      ],
      subject: pair,
    },
    {
      what: "the pod does not find its node",
      make: [...by("n1", dropsICMPv6), ...forgotten("n1-p1")],
      subject: pair,
    },
    {
      what: "an nftables chain accepts what belongs to a connection, and that alone",
      on: ["bridge", "vxlan6"],
      make: [...hostChain(), ...forgotten("n1-p1", "n1")],
      subject: pair,
    },
  ],
  "network-policy-ipv4-only": [
    {
      what: "0.0.0.0/0 may come in",
      on: ["dual"],
      make: [policy("from-anywhere", { ...web, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] })],
      subject: pair,
    },
    {
      what: "0.0.0.0/0 may be gone to",
      on: ["dual"],
      make: [
        policy("to-anywhere", {
          podSelector: { matchLabels: { app: "web" } },
          policyTypes: ["Egress"],
          egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
        }),
      ],
      subject: pair,
    },
  ],
  "policy-enforcement-stale": {
    what: "the agent forgot one pod over IPv6",
    make: [
      policy("from-clients", { ...web, ingress: [{ from: [{ podSelector: { matchLabels: { app: "client" } } }] }] }),
      shell(
        "n2",
        "ip6tables-save -t filter | grep 'KUBE-POD-I.*fd00:10:244:1::12/128' | sed 's/^-A/-D/' | while read -r rule; do eval ip6tables $rule; done",
      ),
    ],
    subject: { ...pair, from: neighbour },
  },
};

/** A command that keeps the neighbour entry for an address, which is there already, for good. */
export function neighbourStays(address: string): string {
  return `busybox ping -6 -c 1 -w 2 ${address} >/dev/null; mac=$(ip -6 neigh show ${address} | grep -o 'lladdr [^ ]*'); ip -6 neigh replace ${address} $mac dev eth0 nud permanent`;
}

/** Nobody made a mistake with it here: a Service patched to one family. */
export const singleStack = merge(paths.web, { spec: { ipFamilyPolicy: "SingleStack" } });
