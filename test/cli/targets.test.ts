import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { attempts, diagnosing, inLab, told } from "./in-lab.ts";

const skip = await labSkip();
const from = ["--from", "n1-p1"];

labTest(
  "diagnose --to NAME resolves as the pod does, dials what comes out, and has its own exit codes",
  { nodes: 2, pods: 2, mode: "vxlan4" },
  skip,
  async (lab) => {
    const to = (target: string) => told(lab, [...from, "--to", target]);
    for (const spelling of [
      "web",
      "web.default",
      "web.default.svc:80",
      "web.default.svc.cluster.local.",
      "http://web/x",
    ]) {
      const { code, document } = await to(spelling);
      const seen = attempts(document);
      assert.equal(code, 0, `${spelling}: ${seen}`);
      for (const wanted of [
        "IPv6 ok: AAAA of web.default.svc.cluster.local at 10.96.0.10",
        "IPv6 ok: Service default/web [fd00:10:96::80]:80",
        "IPv4 ok: Service default/web 10.96.0.80:80",
        "IPv6 ok: pod default/n2-p1 [fd00:10:244:2::11]:8080",
      ])
        assert.ok(seen.includes(wanted), `${spelling}: no "${wanted}" in ${seen}`);
    }
    const outside = await to("example.test:80");
    assert.deepEqual(
      [outside.code, attempts(outside.document).sort()],
      [
        0,
        [
          "IPv4 ok: A of example.test at 10.96.0.10",
          "IPv4 ok: example.test 198.51.100.1:80",
          "IPv6 ok: AAAA of example.test at 10.96.0.10",
          "IPv6 ok: example.test [2001:db8:ffff::1]:80",
        ],
      ],
    );
    assert.equal((await to("six.example.test:80")).code, 0, "there is no IPv4 to miss");
    const four = await to("four.example.test:80");
    assert.equal(four.code, 1, "IPv6 does not get there");
    assert.ok(attempts(four.document).includes("IPv6 no-record: AAAA of four.example.test at 10.96.0.10"));
    const local = await to("localhost:8080");
    assert.deepEqual(
      [local.code, attempts(local.document)],
      [0, ["IPv6 ok: localhost [::1]:8080", "IPv4 ok: localhost 127.0.0.1:8080"]],
    );

    const pod = await to("n2-p1");
    assert.equal(pod.code, 1, "no DNS name is that of a pod");
    assert.match(pod.document.troubles.join("\n"), /did you mean pod\/default\/n2-p1\?/);

    search(lab, "company.test");
    writeFileSync(hosts(lab), `${readFileSync(hosts(lab), "utf8")}2001:db8:ffff::1 pinned.test # by hand\n`);
    const pinned = await to("pinned.test:80");
    assert.deepEqual([pinned.code, attempts(pinned.document)], [0, ["IPv6 ok: pinned.test [2001:db8:ffff::1]:80"]]);

    await perform(lab, [{ in: "n1", run: ["ip", "-6", "route", "del", "default"] }]);
    const dead = await to("example.test:80");
    assert.equal(dead.code, 1, "a name that resolves is not reached yet");
    assert.ok(
      attempts(dead.document).some((text) =>
        /^IPv6 (network-unreachable|timeout|host-unreachable): example\.test \[/.test(text),
      ),
    );
  },
);

labTest(
  "diagnose --to: what is not there is exit code 2, with what may have been meant",
  { nodes: 1, pods: 2 },
  skip,
  async (lab) => {
    const cases = [
      {
        target: "default/wbe",
        says: /default\/wbe, neither a pod nor a Service, was not found; did you mean svc\/default\/web\?/,
      },
      {
        target: "svc/web:81",
        says: /TCP port 81 of Service default\/web was not found; did you mean svc\/default\/web:80\?/,
      },
      {
        target: "[fd00:10:96:0::80]:81",
        says: /TCP port 81 of Service default\/web was not found; did you mean svc\/default\/web:80\?/,
      },
      { target: "pod/web", says: /pod default\/web was not found; did you mean svc\/default\/web\?/ },
      { target: "svc/shop/web", says: /Service shop\/web was not found; did you mean svc\/default\/web\?/ },
      { target: "node/n9", says: /node n9 was not found; did you mean node\/n1\?/ },
      { target: "lab/nosuch", says: /lab\/nosuch, neither a pod nor a Service, was not found\n/ },
    ];
    for (const { target, says } of cases) {
      const { code, err, document } = await told(lab, [...from, "--to", target]);
      assert.equal(code, 2, target);
      assert.match(err, says);
      assert.deepEqual([document.symptoms, document.causes, document.excluded, document.asked.exec], [[], [], [], 0]);
    }
    const taken = await told(lab, [...from, "--to", "default/web"]);
    assert.equal(taken.code, 0);
    assert.deepEqual(taken.document.subject.to, { kind: "service", namespace: "default", name: "web" });
    assert.match(taken.document.remarks[0] ?? "", /^default\/web is no pod: Service default\/web was taken$/);
    const address = await told(lab, [...from, "--to", "[fd00:10:96:0::80]:80"]);
    assert.deepEqual(
      [address.code, address.document.remarks[0]],
      [0, "fd00:10:96:0::80 is an address of Service default/web"],
    );
    const named = await told(lab, [...from, "--to", "web:81"]);
    assert.deepEqual([named.code, named.document.causes], [3, []], "nothing of it can be dialled");
    assert.match(named.document.remarks.join("\n"), /Service default\/web has no TCP port 81 but 80, so nothing/);
    const nobody = await told(lab, ["--from", "default/n1p1"]);
    assert.deepEqual([nobody.code, nobody.document.missing[0]?.nearest[0]], [2, "pod/default/n1-p1"]);
  },
);

labTest(
  "diagnose says first what is wrong with a pod or a node, and calls nothing working that does not run",
  { nodes: 2, pods: 1, notReady: ["n2"] },
  skip,
  async (lab) => {
    await perform(lab, [
      { create: "/api/v1/namespaces/default/pods", body: podWith("waiting", "registry.example/gone:1") },
      { patch: "/api/v1/namespaces/default/services/web", type: "merge", body: { spec: { type: "LoadBalancer" } } },
      {
        patch: "/api/v1/namespaces/default/services/web/status",
        type: "merge",
        body: { status: { loadBalancer: { ingress: [{ ip: "2001:db8:18::99" }, { hostname: "lb.example.org" }] } } },
      },
    ]);
    const pending = await told(lab, [...from, "--to", "pod/waiting"]);
    assert.equal(pending.code, 1);
    assert.match(pending.document.troubles[0] ?? "", /^pod default\/waiting is Pending/);
    assert.ok(!attempts(pending.document).some((text) => /dial|\]:9/.test(text)), "nothing is dialled");
    const source = await told(lab, ["--from", "waiting", "--to", "svc/web"]);
    assert.deepEqual([source.code, source.document.stopped?.reason, source.document.excluded], [3, "not-running", []]);
    const away = await told(lab, [...from, "--to", "pod/n2-p1"]);
    assert.match(away.document.troubles.join("\n"), /^node n2 is not ready: /m);

    const balanced = await told(lab, [...from, "--to", "svc/web"]);
    assert.equal(balanced.code, 1, "the load balancer's address belongs to nobody");
    assert.ok(
      attempts(balanced.document).some((text) =>
        /^IPv6 \S+: load balancer of Service default\/web \[2001:db8:18::99\]:80$/.test(text),
      ),
    );
    assert.match(balanced.document.remarks.join("\n"), /lb\.example\.org was not looked at/);
  },
);

labTest(
  "diagnose --to svc/ dials what stands behind, one by one, and counts",
  { nodes: 3, pods: 1, mode: "vxlan4" },
  skip,
  async (lab) => {
    await perform(lab, [{ serve: "n3-p1", listen: "0.0.0.0:8080" }]);
    const { code, document } = await told(lab, [...from, "--to", "svc/web"]);
    assert.equal(code, 1);
    const { out } = await diagnosing([...inLab(lab), ...from, "--to", "svc/web"]);
    assert.match(out, /^IPv6 {2}fails {2}.*\(reaches 1 of 2 pods of Service default\/web\)$/m);
    assert.ok(attempts(document).includes("IPv6 refused: pod default/n3-p1 [fd00:10:244:3::11]:8080"));
    assert.ok(attempts(document).includes("IPv6 ok: pod default/n2-p1 [fd00:10:244:2::11]:8080"));
  },
);

function podWith(name: string, image: string) {
  return { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers: [{ name: "app", image }] } };
}

function hosts(lab: Lab): string {
  return join(lab.plan.directory, "containers/n1-p1/hosts");
}

/** Adds a domain to the search list of the source, in place: the container has the file mounted. */
function search(lab: Lab, domain: string): void {
  const path = join(lab.plan.directory, "containers/n1-p1/resolv.conf");
  writeFileSync(path, readFileSync(path, "utf8").replace(/^search .*/m, `$& ${domain}`));
}
