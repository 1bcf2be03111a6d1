import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "dns-server-of-no-service";
const dns = (...clusterIPs: string[]) => ({
  kind: "Service",
  metadata: { name: "kube-dns", namespace: "kube-system" },
  spec: { clusterIPs },
});
const web = serviceObject("web", { clusterIPs: ["fd00:10:96::80", "10.96.0.80"] });
const silent = { outcome: "timeout", text: "no answer in 1.5 s", server: "fd00:10:96::a" } as const;
const resolver = (...nameservers: string[]) => ({ nameservers, search: ["svc.cluster.local"], options: [] });
const onNode = parseIfInet6("fd00001000960000000000000000000a 03 80 00 80 nodelocaldns\n");
const given = {
  services: [web],
  dials: [{ outcome: "ok" }],
  lookups: [silent],
  lookupsA: ["ok"],
  seen: {
    resolver: resolver("10.96.0.10", "fd00:10:96::a"),
    services: [dns("10.96.0.10"), web],
    "addresses node n1": seen.nodeAddresses,
  },
} as const;

describe(id, () => {
  it("names the address, and the Service that has the others", () => {
    const { status, because, explains } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /names fd00:10:96::a, and none of 2 Services has it; Service kube-system\/kube-dns has 10\.96\.0\.10$/,
    );
    assert.deepEqual(explains, ["AAAA timeout"]);
  });

  it("has no address of a Service changed, which the API server refuses", () => {
    const anew = { ...given.seen, services: [dns("10.96.0.10", "fd00:10:96::b"), web] };
    assert.match(
      judge(id, { ...given, seen: anew }).fix ?? "",
      /^Put fd00:10:96::b in the place of fd00:10:96::a in the kubelets/,
    );
  });

  variants(id, given, {
    "the Service has it": [{ services: [dns("10.96.0.10", "fd00:10:96::a"), web] }, "excluded"],
    "the Service has it in another spelling": [{ services: [dns("10.96.0.10", "fd00:10:96:0::A"), web] }, "excluded"],
    "a cache on the node has it": [{ "addresses node n1": onNode }, "excluded"],
    "nobody may look at the node": [{ "addresses node n1": nobody }, "possible"],
    "it is beside no Service's address": [{ services: [dns("10.96.0.10")] }, "excluded"],
    "resolv.conf does not name it": [{ resolver: resolver("10.96.0.10") }, "excluded"],
    "nobody may list Services": [{ services: nobody }, "unknown"],
    "nobody could look into the pod": [{ resolver: nobody }, "unknown"],
  });

  it("is excluded where the server has answered", () => {
    assert.equal(judge(id, { ...given, lookups: ["ok"] }).status, "excluded");
  });
});
