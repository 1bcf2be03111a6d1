import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import { type Diagnosis, diagnose } from "#core/diagnosis/diagnosis.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { labCases } from "./lab-cases.ts";
import { moreLabCases } from "./lab-cases-more.ts";
import { nat64LabCases } from "./lab-cases-nat64.ts";

const skip = await labSkip();

const cases = [...labCases, ...moreLabCases, ...nat64LabCases];

for (const { what, lab: options = {}, program, make, subject, proves, dies, healthy, notices } of cases)
  labTest(
    `${what}: ${healthy ? "no claim" : proves.join(" and ") || "nothing is proven"}`,
    { nodes: 2, pods: 2, mode: "vxlan6", ...options },
    skip || (program !== undefined && !existsSync(`/usr/sbin/${program}`) && `it takes ${program}`),
    async (lab) => {
      await perform(lab, make);
      const config = await readKubeconfig({ path: lab.kubeconfig });
      assert.ok(config.ok);
      const cluster = await openCluster(config.value, lab.name);
      assert.ok(cluster.ok);
      const diagnosis = await diagnose(cluster.value, subject, { now: Date.now, outside: subject.outside ?? [] });
      const proven = diagnosis.verdicts.filter(({ status }) => status === "proven").map(({ cause }) => cause);
      assert.deepEqual(proven, proves, explained(diagnosis));
      const end = diagnosis.path.find(({ state }) => state === "fails");
      if (dies) {
        assert.equal(end?.hop, dies.at, explained(diagnosis));
        assert.match(end?.because ?? "", dies.because);
      }
      const failing = diagnosis.symptoms.filter(({ failed }) => failed);
      assert.equal(failing.length === 0, healthy === true, explained(diagnosis));
      const noticed = diagnosis.verdicts.filter(({ latent }) => latent).map(({ cause }) => cause);
      if (notices) assert.deepEqual(noticed, notices, explained(diagnosis));
      if (healthy) assert.ok(diagnosis.families.IPv6.works.length > 0, explained(diagnosis));
    },
  );

function explained({ verdicts, symptoms }: Diagnosis): string {
  const judged = verdicts
    .filter(({ status }) => status !== "excluded")
    .map(({ cause, status, because }) => `${status} ${cause}: ${because}`);
  const seen = symptoms.map(({ failed, to, text }) => `${failed ? "fails" : "works"} ${to}: ${text}`);
  return [...judged, ...seen].join("\n");
}
