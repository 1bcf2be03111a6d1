import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

describe("dns-upstream-other-family", () => {
  const given = exampleOf("dns-upstream-other-family");
  const [failed] = given.lookups ?? [];
  const corefile = (to: string, more = "") => ({
    metadata: { name: "coredns" },
    data: {
      Corefile: `.:53 {\n  kubernetes cluster.local\n  forward . ${to} {\n    max_concurrent 1000\n  }\n}\n${more}`,
    },
  });
  const slices = (...addresses: string[]) => [
    {
      metadata: { name: "dns" },
      endpoints: addresses.map((address) => ({ addresses: [address], targetRef: { kind: "Pod", name: "coredns-1" } })),
    },
  ];
  const pod = (...ips: string[]) => ({
    metadata: { namespace: "kube-system", name: "coredns-1" },
    spec: { nodeName: "n1", containers: [{ name: "coredns" }] },
    status: { phase: "Running", podIPs: ips.map((ip) => ({ ip })) },
  });
  const says = (...found: string[]) => ({ "log-words": { lines: 90, found } });
  const unreachable = (to: string) =>
    says(`six.example.org: dial udp ${to}: connect: network is unreachable`)["log-words"];

  it("IPv6-only CoreDNS, IPv4 resolver", () => {
    const { status, because, fix } = judge("dns-upstream-other-family", given);
    assert.equal(status, "proven", because);
    assert.match(because, /CoreDNS has IPv6 only and forwards to 172\.18\.0\.1/);
    assert.match(fix ?? "", /resolver over IPv6/);
  });

  variants("dns-upstream-other-family", given, {
    "the other way round": [
      {
        "config-map": corefile("[2001:db8::53]:5353"),
        "endpoint-slices": slices("10.244.1.53"),
        pod: pod("10.244.1.53"),
        "log-words": unreachable("[2001:db8::53]:5353"),
      },
      "proven",
    ],
    "one of several resolvers can be reached": [{ "config-map": corefile("172.18.0.1 2001:db8::53") }, "excluded"],
    "CoreDNS has both, and its Service one": [{ pod: pod("fd00:10:244:1::53", "10.244.1.53") }, "excluded"],
    "nobody may look at the pods of CoreDNS": [{ pod: nobody }, "possible"],
    "a file says where to, and nobody what is in it": [
      { "config-map": corefile("/etc/resolv.conf"), ...says() },
      "unknown",
    ],
    "a file says where to, and CoreDNS that it gets not there": [
      { "config-map": corefile("/etc/resolv.conf") },
      "proven",
    ],
    "another zone has a resolver of its own": [
      {
        "config-map": corefile("2001:db8::53", "corp.example:53 {\n  forward . 10.1.1.1\n}\n"),
      },
      "excluded",
    ],
    "only the names of another zone go there": [
      {
        "config-map": {
          metadata: { name: "coredns" },
          data: { Corefile: ".:53 {\n  forward corp.example 10.1.1.1\n  forward . [2001:db8::53]\n}\n" },
        },
      },
      "excluded",
    ],
    "what it imports may forward the name elsewhere": [
      { "config-map": corefile("2001:db8::53\n  import custom/*.override") },
      "unknown",
    ],
    "CoreDNS does not say so, as where its pods have another way out": [says(), "possible"],
    "its log may not be read": [{ "log-words": nobody }, "possible"],
    "nobody may look": [{ "config-map": nobody }, "unknown"],
  });

  it("a name that resolves, or one without the record, is something else", () => {
    for (const lookups of [["ok"], ["no-record"]] as const)
      assert.equal(judge("dns-upstream-other-family", { ...given, lookups }).status, "excluded");
    assert.ok(failed);
    const its = { outcome: "ok", text: "192.0.2.1", name: "six.example.org" } as const;
    assert.equal(
      judge("dns-upstream-other-family", { ...given, lookups: [failed], lookupsA: [its] }).status,
      "excluded",
    );
    // Another one may be of a zone with a resolver of its own.
    const other = { outcome: "ok", text: "2001:db8::1", name: "vault.consul" } as const;
    assert.equal(judge("dns-upstream-other-family", { ...given, lookups: [failed, other] }).status, "proven");
  });
});
