import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseIp6tablesSave } from "#core/linux/ip6tables-save.ts";
import { type Reading, readBundle, type Want } from "#core/probing/bundle.ts";
import type { ProgramWant } from "#core/probing/want.ts";

const rules =
  "*nat\n:POSTROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:FORWARD DROP [3:240]\n[3:240] -A FORWARD -j DROP\nCOMMIT";
const status: ProgramWant = { op: "program", names: ["cilium-dbg"], args: [], seconds: 1, kilobytes: 1, most: 1000 };
const wants: Want[] = [
  { op: "file", path: "/etc/hosts" },
  { op: "moving", path: "/proc/net/snmp6" },
  { op: "ip6tables" },
  { op: "nft" },
  status,
];
const whole = [
  "m K room\n- - - -\n",
  "m F /etc/hosts\n::1 localhost\n\n",
  'm N nft\n{"nftables": []}\n',
  "m B /proc/net/snmp6\nIp6InReceives 1\n\n",
  `m B ip6tables-save\n${rules}\n\n`,
  "m A /proc/net/snmp6\nIp6InReceives 2\n\n",
  `m A ip6tables-save\n${rules}\n\n`,
  "m V 4\n{}\nm Q 4\n\n",
  "m Z end\n\n",
].join("");

/** What each of them says: the answer as text, or that there is none. Of rules it is what their reader makes of them. */
function answers(reading: Reading): string[] {
  const rules = reading.ip6tables();
  const read = rules.ok
    ? { ok: true as const, value: [rules.value.before, rules.value.after].map(parseIp6tablesSave) }
    : rules;
  return [reading.file("/etc/hosts"), reading.moving("/proc/net/snmp6"), read, reading.program(status)].map((answer) =>
    answer.ok ? JSON.stringify(answer.value) : "refused",
  );
}

describe("the output of one exec that is cut off", () => {
  const all = answers(readBundle("m", whole, wants));
  it("holds what it holds, as far as it is whole", () => assert.equal(all.includes("refused"), false));

  it("is never taken for rules, or for a program's words, that end there", () => {
    for (let at = 0; at < whole.length; at++) {
      const [, moving, tables, program] = answers(readBundle("m", whole.slice(0, at), wants));
      assert.ok(tables === "refused" || tables === all[2], `${at}: ${tables}`);
      assert.ok(program === "refused" || program === all[3], `${at}: ${program}`);
      // Of a file that is read twice the second time may be cut, and its reader knows its form.
      assert.ok(moving === "refused" || moving?.includes("Ip6InReceives 1"), `${at}: ${moving}`);
    }
  });

  it("or mixed with anything is read, or refused", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("m ", "m F ", "m E ip6tables-save\n", "\n", "*filter\n", "COMMIT\n"),
    );
    fc.assert(
      fc.property(piece, fc.nat(whole.length), fc.nat(40), (into, at, away) => {
        const reading = readBundle("m", whole.slice(0, at) + into + whole.slice(at + away), wants);
        answers(reading);
        reading.nft();
        reading.lines("/proc/net/nf_conntrack", "src=");
        for (const want of wants) reading.attempt(want);
      }),
      { numRuns: 500 },
    );
  });

  for (const [what, before, after] of [
    ["the end of a table is missing", rules.slice(0, -7), rules.slice(0, -7)],
    ["a whole table is missing the second time", rules, rules.slice(0, rules.indexOf("*filter"))],
    ["a whole table is missing the first time", rules.slice(0, rules.indexOf("*filter")), rules],
    ["nothing came the second time", rules, ""],
  ] as const)
    it(`holds no rules where ${what}`, () => {
      const text = `m B ip6tables-save\n${before}\n\nm A ip6tables-save\n${after}\n\nm Z end\n\n`;
      assert.equal(readBundle("m", text, wants).ip6tables().ok, false);
    });

  it("holds none, and that is known, where there is none", () =>
    assert.deepEqual(readBundle("m", "m B ip6tables-save\n\nm A ip6tables-save\n\nm Z end\n\n", wants).ip6tables(), {
      ok: true,
      value: { before: "", after: "" },
    }));
});
