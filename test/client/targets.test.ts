import assert from "node:assert/strict";
import { it } from "node:test";
import { nodeEnds, podEnds, serviceEnds, subjectInWords, understood } from "#client/diagnosing/targets.ts";
import { whatIsSent } from "#client/diagnosing/what-is-sent.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { realRecording } from "./outline.ts";

const objects = (resource: string): readonly KubeObject[] =>
  realRecording().lists.flatMap(({ type, answer }) => (type.resource === resource && answer.ok ? answer.value : []));

it("pods, Services and nodes can be found by namespace, node, port and address, those at hand first", () => {
  const pods = podEnds(objects("pods"), "lab");
  const two = pods.find(({ label }) => label === "pod/two");
  assert.match(two?.description ?? "", /^lab {2}on n\d {2}fd00:10:244:1::5 {2}10\.244\.1\.5$/);
  assert.deepEqual(two?.target, { kind: "pod", namespace: "lab", name: "two" });
  assert.match(pods[0]?.description ?? "", /^lab /);
  assert.ok(!pods.some(({ label }) => label === "pod/completed"), "what has ended dials nothing");
  const web = serviceEnds(objects("services"), "lab").find(({ label }) => label === "svc/web");
  assert.match(web?.description ?? "", /^lab {2}fd00:10:96::8233 {2}10\.96\.132\.56 {2}:80/);
  assert.match(nodeEnds(objects("nodes"))[0]?.description ?? "", /^2001:db8:18::10\d/);
});

it("a text says how it is understood before it is chosen", () => {
  assert.match(understood("web", "lab").words, /^the name web as the pod resolves it, with its search list/);
  assert.equal(understood("[2001:db8::1]:443", "lab").words, "the address [2001:db8::1]:443");
  assert.equal(understood("svc/web:80", "lab").words, "Service lab/web, port 80");
  assert.equal(understood("shop/web", "lab").words, "pod shop/web if there is one, else the Service");
  const { words, target } = understood("2001:db8::1:80", "lab");
  assert.match(words, /can be read in two ways/);
  assert.equal(target, undefined);
});

it("what was diagnosed before is named in a line", () => {
  assert.equal(subjectInWords({}), "the whole cluster");
  const from = { namespace: "lab", name: "two" };
  assert.equal(
    subjectInWords({ from, to: { kind: "service", namespace: "lab", name: "web", port: 80 } }),
    "from pod lab/two to Service lab/web:80",
  );
});

it("what is sent is said before it is, and seen whole in an input box", () => {
  for (const what of ["TCP", "DNS", "HTTP", "ICMP"]) assert.ok(whatIsSent.includes(what), what);
  assert.ok(whatIsSent.length <= 85, "the box cuts off what is longer");
});
