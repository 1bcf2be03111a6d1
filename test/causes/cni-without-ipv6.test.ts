import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cilium } from "./agents.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("cni-without-ipv6");
const set = (name: string) => ({ "daemon-sets": [{ metadata: { name, namespace: "kube-system" }, spec: {} }] });

describe("cni-without-ipv6", () => {
  it("is proven by a pod without an IPv6 address where Weave Net gives the addresses", () => {
    const { status, because } = judge("cni-without-ipv6", given);
    assert.equal(status, "proven", because);
    assert.match(because, /DaemonSet kube-system\/weave-net/);
  });

  it("is not proven of what is left of it beside another plugin", () => {
    assert.equal(judge("cni-without-ipv6", { ...given, seen: { ...given.seen, pods: [cilium] } }).status, "possible");
    const left = [{ ...set("weave-net")["daemon-sets"][0], status: { desiredNumberScheduled: 0 } }];
    assert.equal(judge("cni-without-ipv6", { ...given, seen: { "daemon-sets": left } }).status, "excluded");
  });

  it("is not where the pods have IPv6", () => {
    assert.equal(judge("cni-without-ipv6", { dials: given.dials ?? [], seen: given.seen ?? {} }).status, "excluded");
  });

  variants("cni-without-ipv6", given, {
    "the plugin can do IPv6": [set("calico-node"), "excluded"],
    "nobody may list DaemonSets": [{ "daemon-sets": nobody }, "unknown"],
  });
});
