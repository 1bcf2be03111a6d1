import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("metallb-aggregation");

reports("a length the family does not have")`
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  spec:
    aggregationLength: 33
    #                  ^^ 💡 invalid aggregation length 33 for IPv4: the most is 32
    aggregationLengthV6: 129
    #                    ^^^ 💡 invalid aggregation length 129 for IPv6: the most is 128
`;

reports("prefixes larger than the pool they are cut from")`
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: edge, namespace: metallb-system}
  spec:
    ipAddressPools: [edge]
    aggregationLengthV6: 64
    #                    ^^ 💡 invalid aggregation length 64: prefix 120 in this pool is more specific, see fd12:3456:789d::/120
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge, namespace: metallb-system}
  spec:
    addresses: [192.168.50.0/24, "fd12:3456:789d::/120"]
`;

accepts("a pool that has room, and one that is not announced by it")`
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: edge, namespace: metallb-system}
  spec:
    ipAddressPools: [edge]
    aggregationLength: 32
    aggregationLengthV6: 124
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge, namespace: metallb-system}
  spec:
    addresses: ["fd12:3456:789d::/120"]
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: other, namespace: metallb-system}
  spec:
    addresses: ["fd12:3456:789d:1::/126"]
`;

fixes("by the whole address")`
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  spec:
    aggregationLengthV6: 129
`.to`
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  spec:
    aggregationLengthV6: 128
`;

reports("prefixes larger than the pool that a selector matches")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge, namespace: metallb-system, labels: {zone: a}}
  spec: {addresses: ["fd12:3456:789d::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: labels, namespace: metallb-system}
  spec:
    ipAddressPoolSelectors: [{matchLabels: {zone: a}}]
    aggregationLengthV6: 64
    #                    ^^ 💡 invalid aggregation length 64: prefix 120 in this pool is more specific, see fd12:3456:789d::/120
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: expressions, namespace: metallb-system}
  spec:
    ipAddressPoolSelectors: [{matchLabels: {zone: b}}, {matchExpressions: [{key: zone, operator: In, values: [a, c]}]}]
    aggregationLengthV6: 64
    #                    ^^ 💡 invalid aggregation length 64: prefix 120 in this pool is more specific, see fd12:3456:789d::/120
`;

accepts("pools that no selector matches, by their labels, their namespace or what a template fills in")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: edge, namespace: metallb-system, labels: {zone: b}}
  spec: {addresses: ["fd12:3456:789d::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: other, namespace: elsewhere, labels: {zone: a}}
  spec: {addresses: ["fd12:3456:789e::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: filled, namespace: metallb-system, labels: {zone: "{{ .Values.zone }}"}}
  spec: {addresses: ["fd12:3456:789f::/120"]}
  ---
  apiVersion: metallb.io/v1beta1
  kind: BGPAdvertisement
  metadata: {name: edge, namespace: metallb-system}
  spec:
    ipAddressPoolSelectors: [{matchLabels: {zone: a}}]
    aggregationLengthV6: 64
`;
