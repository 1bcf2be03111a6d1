import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agentPod } from "./agents.ts";
import { judge, nobody } from "./case.ts";

const id = "ovn-agent-refuses";
const dials = [{ outcome: "timeout", ms: 3500 }] as const;
const seen = (pod: string, ...found: string[]) => ({
  pods: [agentPod(pod, "ovnkube-controller")],
  "log-words": { lines: 400, found },
});

describe(id, () => {
  it("is possible where its agent says so", () => {
    const ovn = judge(id, {
      dials,
      seen: seen("ovnkube-node-2xk7p", "multiple gateway interfaces detected: breth0 eth0"),
    });
    assert.equal(ovn.status, "possible", ovn.because);
    assert.match(ovn.fix ?? "", /leave by the same interface/);
    const other = judge(id, { dials, seen: seen("kube-ovn-cni-842xc", "failed to add route no route to host") });
    assert.match(other.fix ?? "", /join range/);
  });

  it("is not known where no log says so, and not it where the dial is answered", () => {
    assert.equal(judge(id, { dials, seen: seen("ovnkube-node-2xk7p") }).status, "unknown");
    assert.equal(judge(id, { dials, seen: { ...seen("ovnkube-node-2xk7p"), "log-words": nobody } }).status, "unknown");
    assert.equal(judge(id, { dials: [{ outcome: "ok" }], seen: seen("x") }).status, "excluded");
  });
});
