import assert from "node:assert/strict";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { attempts, diagnosing, inLab, told } from "./in-lab.ts";

const skip = await labSkip();

labTest(
  "diagnose starts and asks the right DNS where nothing is called as usual, a node is away and nothing stands on the nodes",
  {
    nodes: 3,
    pods: 2,
    mode: "vxlan4",
    controllers: true,
    notReady: ["n3"],
    dns: "kube-system/rke2-coredns-rke2-coredns",
    domain: "corp.local",
    agents: false,
  },
  skip,
  async (lab) => {
    const survey = await told(lab, []);
    assert.equal(survey.code, 0, `${attempts(survey.document)}`);
    const seen = attempts(survey.document);
    for (const server of ["10.96.0.10", "fd00:10:96::a"])
      assert.ok(seen.includes(`IPv6 ok: AAAA of web.default.svc.corp.local at ${server}`), `${seen}`);
    const remarks = survey.document.remarks.join("\n");
    assert.match(
      remarks,
      /^dialling from default\/n[12]-p[12] on node n[12]: ready, on a ready node, of the context's namespace$/m,
    );
    assert.match(survey.document.troubles.join("\n"), /^node n3 is not ready: /m);
    const named = await told(lab, ["--from", "n1-p1", "--to", "web"]);
    assert.ok(attempts(named.document).includes("IPv6 ok: AAAA of web.default.svc.corp.local at 10.96.0.10"));

    await perform(lab, [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
    const broken = await diagnosing([...inLab(lab), "--from", "n1-p1", "--to", "pod/n2-p1"]);
    assert.equal(broken.code, 1);
    assert.match(broken.out, /no pod shares the network of node n1/);
    assert.match(broken.out, /type {2}kubectl --context \S+ debug node\/n1 .*chroot \/host .*conf\/all\/forwarding/);
    assert.doesNotMatch(broken.out, /proven {2}/, "nothing of a node can be proven that nobody saw");
  },
);
