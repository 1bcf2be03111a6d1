import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { variants } from "./variants.ts";

describe("dns-upstream-other-family", () => {
  const corefile = (to: string) => ({
    metadata: { name: "coredns" },
    data: { Corefile: `.:53 {\n  kubernetes cluster.local\n  forward . ${to} {\n    max_concurrent 1000\n  }\n}\n` },
  });
  const slices = (...addresses: string[]) => [
    {
      metadata: { name: "dns" },
      endpoints: addresses.map((address) => ({ addresses: [address], targetRef: { kind: "Pod", name: "coredns-1" } })),
    },
  ];
  const pod = (...ips: string[]) => ({
    metadata: { namespace: "kube-system", name: "coredns-1" },
    spec: { nodeName: "n1" },
    status: { phase: "Running", podIPs: ips.map((ip) => ({ ip })) },
  });
  const given = {
    lookups: ["name-error"],
    seen: {
      "config-map": corefile("172.18.0.1"),
      "endpoint-slices": slices("fd00:10:244:1::53"),
      pod: pod("fd00:10:244:1::53"),
    },
  } as const;

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
      },
      "proven",
    ],
    "one of several resolvers can be reached": [{ "config-map": corefile("172.18.0.1 2001:db8::53") }, "excluded"],
    "CoreDNS has both, and its Service one": [{ pod: pod("fd00:10:244:1::53", "10.244.1.53") }, "excluded"],
    "nobody may look at the pods of CoreDNS": [{ pod: nobody }, "possible"],
    "a file says where to": [{ "config-map": corefile("/etc/resolv.conf") }, "excluded"],
    "nobody may look": [{ "config-map": nobody }, "unknown"],
  });

  it("a name that resolves, or one without the record, is something else", () => {
    for (const lookups of [["ok"], ["no-record"]] as const)
      assert.equal(judge("dns-upstream-other-family", { ...given, lookups }).status, "excluded");
  });
});
