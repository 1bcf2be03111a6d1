import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agentPod } from "./agents.ts";
import { judge, nobody } from "./case.ts";

const id = "felix-rules-refused";
const dials = [{ outcome: "timeout", ms: 3500 }] as const;
const said =
  "errorOutput=\"ip6tables-nft-restore v1.8.4 (nf_tables): Couldn't load match `icmp6':No such file or directory";
const seen = { pods: [agentPod("calico-node-8xk2l", "calico-node")], "log-words": { lines: 400, found: [said] } };

describe(id, () => {
  it("is possible where Felix says so", () => {
    const { status, because } = judge(id, { dials, seen });
    assert.equal(status, "possible", because);
    assert.match(because, /^kube-system\/calico-node-8xk2l on node n1 says: errorOutput="ip6tables-nft-restore/);
  });

  it("is not known where no log says so, and not it where the dial is answered", () => {
    assert.equal(judge(id, { dials, seen: { ...seen, "log-words": { lines: 400, found: [] } } }).status, "unknown");
    assert.equal(judge(id, { dials, seen: { ...seen, "log-words": nobody } }).status, "unknown");
    assert.equal(judge(id, { dials, seen: { ...seen, pods: [] } }).status, "unknown");
    assert.equal(judge(id, { dials: [{ outcome: "ok" }], seen }).status, "excluded");
  });
});
