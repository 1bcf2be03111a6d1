import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listIn } from "#core/judging/kube-proxy-config.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("node-port-families");
const config = (text: string) => ({
  "config-map kube-proxy": {
    metadata: { name: "kube-proxy", namespace: "kube-system" },
    data: { "config.conf": `kind: KubeProxyConfiguration\n${text}` },
  },
});

describe("node-port-families", () => {
  it("is proven where only IPv4 prefixes take node ports and the Service itself works over IPv6", () => {
    const { status, because } = judge("node-port-families", given);
    assert.equal(status, "proven", because);
    assert.match(because, /nodePortAddresses of kube-proxy is 172\.18\.0\.0\/16, and 2001:db8:18::102 is in none/);
  });

  it("is only possible where the Service fails as well", () => {
    const dials = [{ outcome: "refused", scope: "node-port", host: "2001:db8:18::102", ms: 1 }] as const;
    assert.equal(judge("node-port-families", { ...given, dials }).status, "possible");
  });

  it("is not proven by silence, which is a firewall's, nor excluded by what is written where the node itself refuses", () => {
    const [, ...others] = given.dials ?? [];
    const silent = { outcome: "timeout", scope: "node-port", host: "2001:db8:18::102", ms: 2000 } as const;
    const late = { ...silent, outcome: "refused", ms: 1010 } as const;
    for (const dial of [silent, late]) {
      const dials = [dial, ...others];
      assert.equal(judge("node-port-families", { ...given, dials }).status, "possible");
      const seen = { ...given.seen, ...config("mode: iptables\n") };
      assert.equal(judge("node-port-families", { ...given, dials, seen }).status, "excluded");
    }
  });

  variants("node-port-families", given, {
    "no kube-proxy is there, and its ConfigMap is left": [{ "daemon-sets": [] }, "possible"],
    "no node is meant to have a kube-proxy": [
      {
        "daemon-sets": [
          {
            metadata: { name: "kube-proxy", namespace: "kube-system" },
            spec: {},
            status: { desiredNumberScheduled: 0 },
          },
        ],
      },
      "possible",
    ],
    "the list is not set by now, and the node refuses as where it was": [config("mode: iptables\n"), "unknown"],
    "it has an IPv6 prefix by now": [config('nodePortAddresses: ["172.18.0.0/16", "2001:db8:18::/64"]\n'), "unknown"],
    "it has another IPv6 prefix": [config('nodePortAddresses: ["172.18.0.0/16", "2001:db8:99::/64"]\n'), "proven"],
    "it says primary by now": [config("nodePortAddresses:\n  - primary\n"), "unknown"],
    "it may not be read": [{ "config-map kube-proxy": nobody }, "unknown"],
  });

  it("reads a list in either of YAML's ways", () => {
    assert.deepEqual(listIn("a: 1\nn: [x, 'y/1'] # z\n", "n"), ["x", "y/1"]);
    assert.deepEqual(listIn('n:\n- "x"\n  - y # z\nb: 2\n', "n"), ["x", "y"]);
    for (const text of ["", "n: null\n", "n: []\n", "nn: [x]\n"]) assert.equal(listIn(text, "n"), undefined, text);
  });
});
