import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { b, judge } from "./case.ts";

describe("dns-server-family-unreachable", () => {
  it("an IPv6-only pod with an IPv4 nameserver", () => {
    const six = { ...b, status: { phase: "Running", podIPs: [{ ip: "fd00:10:244:1::11" }] } };
    const four = { resolver: { nameservers: ["10.96.0.10"], search: [], options: [] } };
    const refuses = (text: string, ms = 0) => ({ ...four, dial: { ok: false, ms, tool: "bash", text } });
    const verdict = (more: Record<string, unknown>) =>
      judge("dns-server-family-unreachable", { pods: [six], seen: more }).status;
    assert.equal(verdict(refuses("Network is unreachable")), "proven");
    assert.equal(verdict(four), "possible", "nobody tried");
    assert.equal(verdict(refuses("", 2000)), "possible", "it is sent, whatever becomes of it");
    assert.equal(
      verdict({ ...four, dial: { ok: true, ms: 1, tool: "bash", text: "" } }),
      "excluded",
      "a second interface",
    );
    assert.equal(
      judge("dns-server-family-unreachable", { seen: four }).status,
      "excluded",
      "a dual-stack pod reaches it",
    );
  });

  it("has whoever wrote the file mend it, and not the cluster for one pod", () => {
    const fixOf = (more: object) => {
      const spec = { ...b.spec, ...more };
      const six = { ...b, spec, status: { phase: "Running", podIPs: [{ ip: "fd00:10:244:1::11" }] } };
      const dial = { ok: false, ms: 0, tool: "bash", text: "Network is unreachable" };
      const seen = { resolver: { nameservers: ["10.96.0.10"], search: [], options: [] }, dial };
      return judge("dns-server-family-unreachable", { pods: [six], seen }).fix ?? "";
    };
    assert.match(fixOf({}), /^Make the kube-dns Service dual-stack/);
    assert.match(fixOf({ dnsPolicy: "None", dnsConfig: { nameservers: ["10.96.0.10"] } }), /in its spec\.dnsConfig/);
    assert.match(fixOf({ dnsPolicy: "Default" }), /^Give the node a resolver/);
    assert.match(fixOf({ hostNetwork: true }), /^Give the node a resolver/);
    assert.match(fixOf({ hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }), /^Make the kube-dns Service/);
  });
});
