import assert from "node:assert/strict";
import { join } from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { AlsoFrom, Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import type { Here } from "#core/probing/here.ts";
import type { Lab } from "./lab.ts";
import { labSkip, labTest } from "./support.ts";

const skip = await labSkip();
const web = "/api/v1/namespaces/default/services/web";
const dialler = join(import.meta.dirname, "../../cluster/src/here.ts");

labTest(
  "node ports are dialled from a node and from a machine outside, which may have no IPv6 at all",
  { nodes: 2, mode: "routed" },
  skip,
  async (lab) => {
    await lab.api("PATCH", web, { spec: { type: "NodePort" } }, "application/merge-patch+json");
    const both = await asked(lab, { node: "n2", here: true });
    for (const from of ["node n2", "this machine"])
      assert.deepEqual(seenFrom(both, from), [
        "IPv4 on node n1 ok",
        "IPv4 on node n2 ok",
        "IPv6 on node n1 ok",
        "IPv6 on node n2 ok",
      ]);
    assert.deepEqual(both.families.IPv6.fails, []);

    // Only what comes from elsewhere to node n1 is rejected: its pods and the node itself notice nothing.
    const rejected = ["-s", "2001:db8:ffff::/64", "-p", "tcp", "-j", "REJECT", "--reject-with", "icmp6-adm-prohibited"];
    await lab.exec("n1", ["ip6tables", "-I", "INPUT", ...rejected]);
    await lab.exec("n1", ["ip6tables", "-I", "FORWARD", ...rejected]);
    const closed = await asked(lab, { here: true });
    assert.ok(
      seenFrom(closed, "this machine").includes("IPv6 on node n1 denied"),
      seenFrom(closed, "this machine").join(),
    );
    assert.equal(closed.families.IPv6.fails.length, 1);
    assert.match(closed.families.IPv6.fails[0] ?? "", /a firewall rejects it .*\(EACCES\)/);
    assert.deepEqual(named(closed), []);

    await lab.exec("out", ["sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=1"]);
    const four = await asked(lab, { here: true });
    assert.deepEqual(four.families.IPv6.fails, []);
    assert.match(
      four.symptoms.find(({ beside, family }) => beside && family === "IPv6")?.text ?? "",
      /^not dialled, since this machine has no IPv6 /,
    );
    assert.ok(seenFrom(four, "this machine").includes("IPv4 on node n1 ok"));
  },
);

function named({ verdicts }: Diagnosis): string[] {
  return verdicts.filter(({ status, latent }) => status === "proven" && !latent).map(({ cause }) => cause);
}

function seenFrom({ symptoms }: Diagnosis, place: string): string[] {
  return symptoms
    .filter(({ beside, from }) => beside && from === place)
    .map(({ family, to, outcome }) => `${family} ${/on node \S+/.exec(to)?.[0]} ${outcome}`)
    .sort();
}

async function asked(lab: Lab, alsoFrom: AlsoFrom): Promise<Diagnosis> {
  const config = await readKubeconfig({ path: lab.kubeconfig });
  const opened = config.ok ? await openCluster(config.value, lab.name) : config;
  assert.ok(opened.ok);
  const cluster = opened.value;
  try {
    const to = { kind: "service", namespace: "default", name: "web" } as const;
    const here = { machine: outside(lab), agree: async () => true };
    return await diagnose(
      cluster,
      { from: { namespace: "default", name: "n1-p1" }, to, alsoFrom },
      { now: Date.now, here },
    );
  } finally {
    cluster.close();
  }
}

/** The machine outside of the cluster, as the one that its user sits at. */
function outside(lab: Lab): Here {
  const run = async (call: string) => {
    const script = `import { here } from ${JSON.stringify(dialler)}; console.log(JSON.stringify(await here.${call}))`;
    const done = await lab.exec("out", [process.execPath, "--input-type=module", "-e", script]);
    return JSON.parse(done.stdout);
  };
  return {
    dial: (to) => run(`dial(${JSON.stringify(to)})`),
    resolve: (name, family) => run(`resolve(${JSON.stringify(name)}, ${JSON.stringify(family)})`),
  };
}
