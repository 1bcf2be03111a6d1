import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { inLab, started } from "#test/cli/in-lab.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { perform } from "./perform.ts";
import { labSkip, labTest } from "./support.ts";

const skip = await labSkip();
const restricted = { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } };

async function ringIn(lab: Lab, t: TestContext): Promise<{ code: number | null; ring: Any; err: string }> {
  const state = mkdtempSync(join(tmpdir(), "kube-ipv6-ring-"));
  t.after(() => rmSync(state, { recursive: true }));
  const env = { ...process.env, XDG_STATE_HOME: state };
  const { code, out, err } = await started(["nodes", ...inLab(lab), "--ring", "--yes", "-o", "json"], env).ran;
  for (const path of ["/apis/batch/v1/jobs", "/apis/apps/v1/daemonsets", "/api/v1/configmaps", "/api/v1/pods"]) {
    const { items } = await lab.api("GET", path);
    const ours = items.filter(({ metadata }: Any) => metadata.labels?.["kube-ipv6/owner"] !== undefined);
    assert.deepEqual(
      ours.map(({ metadata }: Any) => metadata.name),
      [],
      path,
    );
  }
  assert.deepEqual(readdirSync(join(state, "kube-ipv6", "ledger")), []);
  return { code, ring: JSON.parse(out).ring, err };
}

for (const mode of ["vxlan6", "bridge"] as const)
  labTest(
    `${mode}: nodes that reach each other fail nowhere, one that drops what it forwards over IPv6 is named`,
    { nodes: 3, pods: 1, mode, objects: { "Namespace/default": restricted } },
    skip,
    async (lab, t) => {
      const healthy = await ringIn(lab, t);
      assert.equal(healthy.code, 0, healthy.err);
      assert.deepEqual(healthy.ring.findings, []);
      assert.deepEqual(healthy.ring.not, []);
      // Three pairs, both ways, both families.
      assert.deepEqual(healthy.ring.dials, { made: 12, failing: [] });

      await perform(lab, [{ in: "n2", run: ["ip6tables", "-I", "FORWARD", "-j", "DROP"] }]);
      const { code, ring, err } = await ringIn(lab, t);
      assert.equal(code, 1, err);
      assert.equal(ring.findings.length, 1, JSON.stringify(ring.findings));
      const [finding] = ring.findings;
      assert.deepEqual([finding.family, finding.words], ["IPv6", "from and to node n2"]);
      assert.deepEqual(finding.otherFamily, { dialled: finding.failing.length, failed: 0 });
      assert.match(finding.next, /^kube-ipv6 diagnose --context \S+ --from default\/n\d-p1 --to pod\/default\/n\d-p1$/);
    },
  );
