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
    "the list is not set": [config("mode: iptables\n"), "excluded"],
    "it has an IPv6 prefix": [config('nodePortAddresses: ["172.18.0.0/16", "2001:db8:18::/64"]\n'), "excluded"],
    "it says primary": [config("nodePortAddresses:\n  - primary\n"), "excluded"],
    "it may not be read": [{ "config-map kube-proxy": nobody }, "unknown"],
  });

  it("reads a list in either of YAML's ways", () => {
    assert.deepEqual(listIn("a: 1\nn: [x, 'y/1'] # z\n", "n"), ["x", "y/1"]);
    assert.deepEqual(listIn('n:\n- "x"\n  - y # z\nb: 2\n', "n"), ["x", "y"]);
    for (const text of ["", "n: null\n", "n: []\n", "nn: [x]\n"]) assert.equal(listIn(text, "n"), undefined, text);
  });
});
