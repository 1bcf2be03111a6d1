import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { operations } from "#cli/operations.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import { toolOf, wrongArguments } from "#core/operations/tool.ts";
import { tokensIn } from "#core/report/tokens.ts";
import { budget, toolAnswer } from "#core/report/tool-answer.ts";
import { mapTexts } from "#core/text/printable.ts";
import { found } from "../../cli/src/mcp/tools/diagnose.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { outside, sharesWords } from "./outside.ts";

const demo = JSON.parse(readFileSync(new URL("../../demo/cluster.json", import.meta.url), "utf8"));

describe("a tool is made of its operation", () => {
  const tools = operations.flatMap((operation) => {
    const tool = toolOf(operation);
    return tool ? [{ operation, tool }] : [];
  });

  test("it takes inputs that there are, none that writes, and says what each is", () => {
    assert.deepEqual(tools.map(({ tool }) => tool.name).sort(), [
      "address",
      "diagnose",
      "explain",
      "lint",
      "plan",
      "policy",
      "read",
    ]);
    for (const { operation, tool } of tools) {
      const { properties, required } = tool.inputSchema;
      for (const name of operation.tool?.takes ?? []) assert.ok(operation.inputs[name], `${tool.name}: ${name}`);
      for (const name of required) assert.ok(properties[name], `${tool.name}: ${name}`);
      for (const name of ["fix", "fix-rule", "write-baseline", "save", "outside", "kubeconfig", "context"])
        assert.equal(properties[name], undefined, `${tool.name}: ${name}`);
      for (const [name, { description }] of Object.entries(properties))
        assert.ok(description.length > 3 && !description.includes("\n"), `${tool.name}: ${name}`);
      assert.equal(tool.annotations.readOnlyHint, true);
    }
  });

  test("what an agent gives is held against it", () => {
    const policy = tools.find(({ tool }) => tool.name === "policy")?.tool;
    assert.ok(policy);
    assert.equal(wrongArguments(policy, { from: "a", to: "b", paths: ["x"] }), undefined);
    assert.match(wrongArguments(policy, { from: "a" }) ?? "", /"to" is needed/);
    assert.match(wrongArguments(policy, { from: "a", to: 1 }) ?? "", /"to" is a text/);
    assert.match(wrongArguments(policy, { from: "a", to: "b", paths: "x" }) ?? "", /"paths" is a list/);
    assert.match(wrongArguments(policy, { from: "a", to: "b", family: "IPv5" }) ?? "", /"family" is one of IPv4, IPv6/);
    assert.match(wrongArguments(policy, { from: "a", to: "b", toString: "x" }) ?? "", /no argument of that name/);
  });
});

describe("an answer", () => {
  test("says what decided, what it rests on and the command that shows it", async () => {
    const text = toolAnswer("diagnose", found(await diagnoseDemo(demo)));
    assert.match(text, /^kube-ipv6 diagnose: fails; IPv6 fails; IPv4 works; proven cause forwarding-off; /);
    const { evidence } = JSON.parse(inside(text));
    assert.match(evidence[0].command, /^kubectl --context demo -n kube-system exec /);
    assert.match(evidence[0].seen, /Ip6InAddrErrors \+\d+/);
  });

  test("is short whatever there is to say, and counts what it leaves out", () => {
    const items = hostileTexts.flatMap((text) => Array.from({ length: 20 }, () => ({ text })));
    const head = { first: hostileTexts.join(""), second: hostileTexts.at(-1) };
    const text = toolAnswer("lint", {
      verdict: "findings",
      ours: [],
      head,
      lists: [
        ["a", items],
        ["b", items],
      ],
    });
    assert.ok(tokensIn(text) <= budget, `${tokensIn(text)}`);
    const data = JSON.parse(inside(text));
    assert.ok(data.a.length > 0);
    assert.match(text, new RegExp(`Left out, for want of room: ${600 - data.a.length} of 600 a, `));
  });

  test("keeps every text of others between its marks, and none of them can end the data", async () => {
    const diagnosis = await diagnoseDemo(demo);
    const words =
      /^(?:family|status|outcome|kind|access|reason|cause|state|code|id|explains|symptom|observation|probe)$/;
    const keep = new Set(keysOf(diagnosis).filter((key) => words.test(key)));
    assert.ok(hostileTexts.length >= 30);
    for (const hostile of hostileTexts) {
      const spoiled = mapTexts(diagnosis, (text) => `${hostile} ${text}`, keep);
      const text = toolAnswer("diagnose", found(spoiled));
      assert.ok(JSON.stringify(JSON.parse(inside(text))).length > 500, hostile);
      assert.ok(!sharesWords(outside(text), hostile), outside(text));
      assert.ok(tokensIn(text) <= budget, `${tokensIn(text)} ${hostile}`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none is to be there
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\u202e\u200b]/);
    }
  });
});

function inside(text: string): string {
  return /<data>\n(.*)\n<\/data>/s.exec(text)?.[1] ?? "";
}

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [key, ...keysOf(field)]);
}
