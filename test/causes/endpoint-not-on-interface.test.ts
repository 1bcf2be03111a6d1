import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { b, gone, judge, nobody, podObject, serviceObject } from "./case.ts";
import { variants } from "./variants.ts";

const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n2Own = global("20010db8001800000000000000000102", "40", "eth0");

const bOwn = global("fd000010024400020000000000000011", "40", "eth0");

describe("endpoint-not-on-interface", () => {
  const slice = (address: string, more: object = {}) => ({
    addressType: "IPv6",
    metadata: { name: "web-x" },
    endpoints: [{ addresses: [address], nodeName: "n2", targetRef: { kind: "Pod", name: "b" }, ...more }],
  });
  const service = {
    services: [serviceObject("web", { clusterIPs: ["fd00:10:96::80"] })],
    dials: [{ outcome: "timeout", scope: "service", ms: 3500 }],
    seen: {
      "endpoint-slices": [slice("fd00:10:244:2::77")],
      "pod b": b,
      "addresses pod default/b": parseIfInet6(bOwn),
      "addresses node n2": parseIfInet6(n2Own),
    },
  } as const;

  it("the pod behind it has another address", () => {
    const { status, because } = judge("endpoint-not-on-interface", service);
    assert.equal(status, "proven", because);
    assert.match(because, /lists fd00:10:244:2::77 as ready, and pod b has 10\.244\.2\.11, fd00:10:244:2::11/);
  });

  const host = podObject("b", "n2", ["2001:db8:18::777"], { hostNetwork: true });

  variants("endpoint-not-on-interface", service, {
    "the pod is gone, as it is for a moment after each that ends": [{ "pod b": gone }, "possible"],
    "a pod of a StatefulSet is a new one of its name": [
      {
        "pod b": { ...b, metadata: { ...b.metadata, uid: "new" } },
        "endpoint-slices": [slice("fd00:10:244:2::77", { targetRef: { kind: "Pod", name: "b", uid: "old" } })],
      },
      "possible",
    ],
    "a second network gives the pod the address": [
      { "addresses pod default/b": parseIfInet6(bOwn + global("fd000010024400020000000000000077", "40", "net1")) },
      "excluded",
    ],
    "nobody may look for a second network": [{ "addresses pod default/b": nobody }, "possible"],
    "it is the pod's, in other letters": [{ "endpoint-slices": [slice("FD00:10:244:2:0::11")] }, "excluded"],
    "its node has it, in other letters": [
      {
        "pod b": podObject("b", "n2", ["2001:db8:18::102"], { hostNetwork: true }),
        "endpoint-slices": [slice("2001:DB8:18:0::102")],
      },
      "excluded",
    ],
    "the pod may not be read": [{ "pod b": nobody }, "unknown"],
    "the slices may not be read": [{ "endpoint-slices": nobody }, "unknown"],
    "the address is the pod's": [{ "endpoint-slices": [slice("fd00:10:244:2::11")] }, "excluded"],
    "it is not ready": [
      { "endpoint-slices": [slice("fd00:10:244:2::77", { conditions: { ready: false } })] },
      "excluded",
    ],
    "its node was renumbered": [{ "pod b": host, "endpoint-slices": [slice("2001:db8:18::777")] }, "proven"],
    "its node has it": [
      {
        "pod b": podObject("b", "n2", ["2001:db8:18::102"], { hostNetwork: true }),
        "endpoint-slices": [slice("2001:db8:18::102")],
      },
      "excluded",
    ],
  });
});
