import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ring-address");

reports("an unspecified address that others are to dial")`
  kind: ConfigMap
  data:
    loki.yaml: |
      common: {ring: {instance_addr: "::"}}
      #                              ^^^^ the others dial this address, and it is none: write the pod's own, or leave it out
      memberlist: {advertise_addr: 0.0.0.0}
      #                            ^^^^^^^ the others dial this address, and it is none: write the pod's own, or leave it out
---
  tempo:
    structuredConfig:
      ingester: {lifecycler: {ring: {instance_addr: 0.0.0.0}}}
      #                                             ^^^^^^^ the others dial this address, and it is none: write the pod's own, or leave it out
`;

reports("members that look for an IPv4 address where there is none", { cluster: "v6" })`
  mimir:
    structuredConfig:
      other: {memberlist: {join_members: [gossip]}, ingester: {ring: {replication_factor: 3}}}
      #       ^^^^^^^^^^ pods here have no IPv4 address to register: write bind_addr: ["::"], and enable IPv6 in each ring
`;

accepts("the pod's own address, and members with IPv6", { cluster: "v6" })`
  kind: ConfigMap
  data:
    mimir.yaml: |
      common: {instance_addr: "\${POD_IP}"}
      memberlist: {bind_addr: ["::"]}
      ingester: {ring: {instance_enable_ipv6: true}}
---
  memberlist: {service: {publishNotReadyAddresses: true}}
  loki: {commonConfig: {ring: {kvstore: {store: memberlist}}}}
`;

accepts("members where there is IPv4", { cluster: "dual-v6" })`
  mimir: {structuredConfig: {memberlist: {join_members: [gossip]}, ingester: {}}}
`;

reports("what Redis and Sentinel announce")`
  kind: ConfigMap
  data:
    sentinel.conf: |
      sentinel announce-ip 0.0.0.0
      #                    ^^^^^^^ the others dial this address, and it is none: write the pod's own, or leave it out
    redis.conf: |
      replica-announce-ip [fd12:3456:789a::7]
      #                   ^^^^^^^^^^^^^^^^^^^ the others dial this as it stands: write it without brackets
      cluster-announce-ip fd12:3456:789a::7
`;

reports("a chart's values once, and not again as what wraps them", { cluster: "v6" })`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: loki}
  spec:
    values:
      loki:
        structuredConfig:
          common: {ring: {kvstore: {store: memberlist}}}
          memberlist: {join_members: [loki-memberlist]}
         #^^^^^^^^^^ pods here have no IPv4 address to register: write bind_addr: ["::"], and enable IPv6 in each ring
`;

// https://github.com/grafana/mimir/pull/16606
reports("brackets where the program puts its own", { cluster: "v6" })`
  mimir:
    structuredConfig:
      server: {http_listen_address: "[::]", grpc_listen_address: "::"}
      #                             ^^^^^^ 💡 address [[::]]: missing port in address: Loki, Mimir and Tempo of today put brackets around it; write :: for these
`;

it("leaves brackets to a person, since older versions want them", async () => {
  const text = 'mimir: {structuredConfig: {server: {http_listen_address: "[::]"}}}\n';
  const [finding] = findingsOf(await load("ring-address"), "ring-address", text, {});
  assert.deepEqual([finding?.severity, finding?.fixes[0]?.kind], ["warning", "decision"]);
});

accepts("brackets of another program's setting of that name", { cluster: "v6" })`
  exporter:
    config: {http_listen_address: "[::]"}
`;
