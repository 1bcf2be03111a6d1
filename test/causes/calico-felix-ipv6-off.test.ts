import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const daemonSet = (name: string, env: Record<string, string> = {}) => ({
  metadata: { name, namespace: "kube-system" },
  spec: {
    template: { spec: { containers: [{ env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }] } },
  },
});
const given = {
  dials: [{ outcome: "timeout", ms: 2000 }],
  seen: {
    "daemon-sets": [daemonSet("calico-node", { FELIX_IPV6SUPPORT: "false" })],
    "calico-felix": [],
    routes: seen.routes(seen.staticDefault),
  },
} as const;

describe("calico-felix-ipv6-off", () => {
  it("names what turned it off: the DaemonSet or the FelixConfiguration", () => {
    assert.equal(judge("calico-felix-ipv6-off", given).status, "proven");
    const resource = {
      "daemon-sets": [daemonSet("calico-node")],
      "calico-felix": [{ metadata: { name: "default" }, spec: { ipv6Support: false } }],
      routes: seen.routes(),
    };
    const { because } = judge("calico-felix-ipv6-off", { ...given, seen: resource });
    assert.match(because, /FelixConfiguration default/);
    const unreadable = { ...resource, "calico-felix": nobody };
    assert.equal(judge("calico-felix-ipv6-off", { ...given, seen: unreadable }).status, "possible");
  });
  variants("calico-felix-ipv6-off", given, {
    "somebody routes to the pod": [{ routes: seen.routes(seen.toPodB) }, "excluded"],
    "the routes could not be read": [{ routes: nobody }, "possible"],
  });
  it("is not it where the dial is answered", () =>
    assert.equal(judge("calico-felix-ipv6-off", { ...given, dials: [{ outcome: "ok" }] }).status, "excluded"));
});
