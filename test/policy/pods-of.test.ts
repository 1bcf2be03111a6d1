import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, podEndpoint, podsOf } from "#core/policy/policy.ts";
import { objects } from "./support.ts";

const [running, deployment, job, service, policy] = objects(`
kind: Pod
metadata: {name: web-1, namespace: shop, labels: {app: web}}
spec:
  nodeName: n1
  serviceAccountName: web
  containers: [{ports: [{name: http, containerPort: 8080}]}]
status: {podIP: 10.0.0.5, podIPs: [{ip: 10.0.0.5}, {ip: "fd00::5"}]}
---
kind: Deployment
metadata: {name: db, namespace: shop, labels: {team: data}}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{ports: [{name: sql, containerPort: 5432}, {containerPort: x}]}]}}}
---
kind: CronJob
metadata: {name: nightly}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: job}}, spec: {hostNetwork: true}}}}}
---
kind: Service
metadata: {name: db}
spec: {ports: [{port: 5432}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]}
`) as [never, never, never, never, never];

test("a running pod has its addresses, its node and its ports", () => {
  assert.deepEqual(podEndpoint(running), {
    kind: "pod",
    namespace: "shop",
    name: "web-1",
    labels: { app: "web" },
    ips: ["10.0.0.5", "fd00::5"],
    hostNetwork: false,
    containerPorts: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    serviceAccount: "web",
    node: "n1",
  });
});

test("a workload stands for the pod it would make", () => {
  const db = podEndpoint(deployment);
  assert.deepEqual([db?.labels, db?.ips, db?.serviceAccount], [{ app: "db" }, [], "default"]);
  assert.deepEqual([podEndpoint(job)?.labels, podEndpoint(job)?.hostNetwork], [{ app: "job" }, true]);
});

test("no other object is a pod", () => {
  assert.deepEqual(
    podsOf([service, running, policy, deployment]).map(({ name }) => name),
    ["web-1", "db"],
  );
  assert.equal(podEndpoint(service), undefined);
  assert.equal(podEndpoint({} as never), undefined);
});

test("two objects of a file are enough to decide a flow in both families", () => {
  const [from, to] = [podEndpoint(running), podEndpoint(deployment)];
  assert.ok(from && to);
  for (const family of ["IPv4", "IPv6"] as const) {
    assert.equal(decide([policy], { from, to, family, protocol: "TCP", port: 5432 }).ruling, "allowed");
    assert.equal(decide([policy], { from, to, family, protocol: "TCP", port: 80 }).ruling, "denied");
  }
});
