import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("aaaa-nxdomain");
const denied = { outcome: "name-error", text: "NXDOMAIN" } as const;
const answer = (status: string, ...addresses: string[]) => ({
  ms: 8,
  transport: "IPv4",
  text: "",
  answer: { status, addresses },
});
const corefile = (forward: string) => ({
  "config-map coredns": { metadata: { name: "coredns" }, data: { Corefile: `.:53 {\n  forward . ${forward}\n}\n` } },
});

/** Two pods of it, with these in their files. */
const coredns = (...nameservers: string[]) => ({
  "endpoint-slices": [
    {
      endpoints: ["coredns-1", "coredns-2"].map((name) => ({
        addresses: ["10.244.1.2"],
        targetRef: { kind: "Pod", name },
      })),
    },
  ],
  "pod coredns-1": { metadata: { namespace: "kube-system", name: "coredns-1" } },
  "pod coredns-2": { metadata: { namespace: "kube-system", name: "coredns-2" } },
  resolver: { nameservers },
});

describe("aaaa-nxdomain", () => {
  it("is only named where the server gives the A record, and denies the name itself", () => {
    assert.equal(judge("aaaa-nxdomain", given).status, "proven");
    assert.equal(judge("aaaa-nxdomain", { ...given, lookupsA: [denied] }).status, "excluded");
    assert.equal(judge("aaaa-nxdomain", { ...given, lookups: ["timeout"] }).status, "excluded");
  });

  variants("aaaa-nxdomain", given, {
    "another resolver knows the name": [{ "lookup AAAA": answer("NOERROR", "2001:db8::1") }, "possible"],
    "another resolver denies the A record too": [{ "lookup A": answer("NXDOMAIN") }, "possible"],
    "CoreDNS has two resolvers, of which one may not know the name": [corefile("10.0.0.2 8.8.8.8"), "possible"],
    "CoreDNS has one": [corefile("10.0.0.2"), "proven"],
    "a file says which, and nobody what is in it": [corefile("/etc/resolv.conf"), "possible"],
    "a file says which, and there is one": [{ ...corefile("/etc/resolv.conf"), ...coredns("10.0.0.2") }, "proven"],
    "a file says which, and there are two": [
      { ...corefile("/etc/resolv.conf"), ...coredns("10.0.0.2", "8.8.8.8") },
      "possible",
    ],
    "the nodes of CoreDNS have different ones": [
      {
        ...corefile("/etc/resolv.conf"),
        ...coredns("10.0.0.2"),
        "resolver pod kube-system/coredns-2": { nameservers: ["8.8.8.8"] },
      },
      "possible",
    ],
    "other files may forward it elsewhere": [corefile("10.0.0.2\n  import custom/*.override"), "possible"],
    "a snippet of its own is no other file": [
      {
        "config-map coredns": {
          data: { Corefile: "(common) {\n  errors\n}\n.:53 {\n  import common\n  forward . 10.0.0.2\n}\n" },
        },
      },
      "proven",
    ],
    "another server than CoreDNS says so": [
      { "service kube-dns": { spec: { clusterIPs: ["10.96.0.11"] } } },
      "possible",
    ],
    "the Corefile may not be read": [{ "config-map coredns": nobody }, "possible"],
  });
});
