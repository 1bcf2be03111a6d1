import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseConnections } from "#core/linux/tcp-sockets.ts";
import type { Inside, NameFamilies } from "#core/readiness/model.ts";
import { assess, outsideNames } from "#core/readiness/readiness.ts";
import { readinessToOscal } from "#core/report/oscal.ts";
import { readinessToHtml } from "#core/report/page/readiness.ts";
import { readinessToCsv, readinessToJUnit, readinessToMarkdown, readinessToText } from "#core/report/readiness.ts";
import { objects } from "../policy/support.ts";

const pod = (spec: string, more = "") => `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: app, image: web, ports: [{containerPort: 8080}], ${spec}}]${more}}
status: {phase: Running, podIP: 10.244.1.5, podIPs: [{ip: 10.244.1.5}, {ip: "fd00:244:1::5"}]}
`;
const listener = { family: "IPv6", address: "::", port: 8080 } as const;
const healthy: Inside = {
  pod: "shop/web",
  listeners: [listener],
  connections: [],
  resolver: { nameservers: ["fd00:96::a"], search: [], options: [] },
};

function judged(text: string, inside: Partial<Inside> = {}, names: Readonly<Record<string, NameFamilies>> = {}) {
  const [found] = assess({
    objects: objects(text),
    differences: [],
    inside: new Map([["Pod shop/web", { ...healthy, ...inside }]]),
    names: new Map(Object.entries(names)),
  });
  assert.ok(found);
  return found;
}

describe("what needs IPv4", () => {
  const name4 = { "db.example.org": { A: true, AAAA: false } };
  const config = (data: string) => `${pod("envFrom: [{configMapRef: {name: app}}]")}---
apiVersion: v1
kind: ConfigMap
metadata: {name: app, namespace: shop}
data: ${data}
`;
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    "an address in a URL": [
      pod("env: [{name: DB_URL, value: 'postgres://me:x@10.2.3.4:5432/db'}]"),
      "literal container app, env DB_URL",
    ],
    "an address as a flag": [pod("args: [--upstream=10.2.3.4:80]"), "literal container app, args"],
    "an address in a script": [pod("args: [-c, 'nc 10.2.3.4 80']"), "literal container app, args"],
    "a file in a ConfigMap": [
      config('{app.properties: "a=1\\nbackend.host: 10.2.3.4\\n"}'),
      "literal ConfigMap shop/app, key app.properties, line 2",
    ],
    "a name with A alone": [pod("env: [{name: DB_HOST, value: db.example.org}]"), "name container app, env DB_HOST"],
    "a Service of IPv4 alone": [
      `${pod("env: [{name: DB_HOST, value: db}]")}---\napiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {clusterIPs: [10.96.0.9]}\n`,
      "name Service shop/db, spec.ipFamilyPolicy",
    ],
    "Java's flag": [
      pod("env: [{name: JAVA_OPTS, value: -Djava.net.preferIPv4Stack=true}]"),
      "runtime container app, env JAVA_OPTS",
    ],
  };
  for (const [about, [text, expected]] of Object.entries(cases))
    test(about, () => {
      const { blocks, class: is } = judged(text, {}, name4);
      assert.deepEqual(
        blocks.map(({ kind, where }) => `${kind} ${where.replace("Pod shop/web, ", "")}`),
        [expected],
      );
      assert.equal(is, "dual");
    });
});

describe("what only looks like it", () => {
  for (const spec of [
    "env: [{name: APP_VERSION, value: 1.2.3.4}]",
    "env: [{name: NO_PROXY, value: '10.0.0.0/8,10.2.3.4'}]",
    "env: [{name: SIDECAR_ADDR, value: '127.0.0.1:9000'}]",
    "env: [{name: LISTEN_ADDR, value: '10.2.3.4:80'}]",
    "env: [{name: DB_URL, value: 'http://[fd00::1]:80/'}]",
    "args: ['--trusted-proxies=10.2.3.4']",
    "args: ['-c', 'serve --listen 0.0.0.0:8080']",
    "env: [{name: GREETING_HOST, value: 'hello world'}]",
  ])
    test(spec, () => {
      const { class: is, blocks } = judged(pod(spec));
      assert.deepEqual([is, blocks], ["IPv6-only-ready", []]);
    });
});

test("a connection it opened needs IPv4, one that a client opened is the client's", () => {
  const out = {
    family: "IPv4",
    local: { address: "10.244.1.5", port: 40000 },
    remote: { address: "192.0.2.7", port: 5432 },
  } as const;
  const incoming = {
    family: "IPv4",
    local: { address: "10.244.1.5", port: 8080 },
    remote: { address: "10.244.2.9", port: 51000 },
  } as const;
  const { blocks, peers4 } = judged(pod(""), { connections: [out, incoming] });
  assert.deepEqual(
    blocks.map(({ what }) => what),
    ["it is connected to 192.0.2.7 port 5432 over IPv4"],
  );
  assert.deepEqual(
    peers4.map(({ way, port }) => `${way} ${port}`),
    ["out 5432", "in 8080"],
  );
});

test("IPv4 in an IPv6 socket is IPv4, and what is not established is none", () => {
  const text = `  sl  local_address rem_address st
   0: 0000000000000000FFFF00000501F40A:1F90 0000000000000000FFFF00000902F40A:C738 01 0
   1: 0501F40A:9C40 070200C0:1538 02 0`;
  assert.deepEqual(parseConnections(text), [
    { family: "IPv4", local: { address: "10.244.1.5", port: 8080 }, remote: { address: "10.244.2.9", port: 51000 } },
  ]);
});

test("nothing is called ready that was not seen", () => {
  const text = pod("env: [{name: DB_HOST, value: db.example.org}]");
  assert.equal(judged(text).class, "unknown", "nobody answered for the name");
  assert.equal(judged(text, {}, { "db.example.org": { A: true, AAAA: true } }).class, "IPv6-only-ready");
  assert.equal(judged(pod("envFrom: [{configMapRef: {name: app}}]")).class, "unknown", "a ConfigMap was not read");
  assert.equal(assess({ objects: objects(pod("")), differences: [] })[0]?.class, "unknown");
  assert.equal(
    judged(pod(""), { listeners: [{ ...listener, family: "IPv4", address: "0.0.0.0" }] }).class,
    "IPv4-only",
  );
  assert.equal(judged(pod("").replace(/, \{ip: "fd[^}]+\}/, "")).class, "IPv4-only");
  const names = outsideNames(
    objects(pod("env: [{name: DB_HOST, value: db}, {name: S3_URL, value: 'https://s3.example.org/b'}]")),
  );
  assert.deepEqual(names.get("Pod shop/web"), ["s3.example.org"]);
});

describe("the formats", () => {
  const evil = pod("env: [{name: '=cmd<b>|x', value: 'http://10.2.3.4/'}]");
  const readiness = { workloads: [judged(evil)], unread: [] };
  test("a spreadsheet takes nothing for a formula, and a page nothing for markup", () => {
    assert.doesNotMatch(readinessToCsv({ workloads: [{ ...judged(evil), workload: "=1+1" }], unread: [] }), /^=/m);
    const page = readinessToHtml(readiness, "a <b>", { style: "", script: "", hash: () => "x" });
    assert.doesNotMatch(page, /=cmd<b>|a <b>/);
    assert.doesNotMatch(readinessToJUnit(readiness), /<b>/);
    assert.match(readinessToMarkdown(readiness), /- \[ \] it is told the IPv4 address 10\.2\.3\.4: change .*=cmd\\<b>/);
    assert.match(readinessToText(readiness), /Pod shop\/web: dual\n {2}it is told the IPv4 address 10\.2\.3\.4/);
  });
  test("OSCAL's inventory has the addresses of both families", () => {
    let count = 0;
    const seen = new Map<string, string>();
    const uuid = (text: string) => {
      if (!seen.has(text)) seen.set(text, `${(count++).toString(16).padStart(8, "0")}-0000-5000-8000-000000000000`);
      return seen.get(text) as string;
    };
    const [result] = JSON.parse(
      readinessToOscal(readiness, "test", { at: "2026-11-30T10:00:00Z", version: "1", uuid }),
    )["assessment-results"].results;
    const [item] = result["local-definitions"]["inventory-items"];
    assert.deepEqual(
      item.props.filter(({ name }: { name: string }) => name.endsWith("-address")),
      [
        { name: "ipv4-address", value: "10.244.1.5" },
        { name: "ipv6-address", value: "fd00:244:1::5" },
      ],
    );
    assert.equal(result.observations[0].subjects[0]["subject-uuid"], item.uuid);
  });
});
