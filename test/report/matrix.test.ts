import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import type { Diagnosis, ReportedSymptom } from "#core/diagnosis/diagnosis.ts";
import { changesBetween, changesInWords } from "#core/report/changes.ts";
import { diagnosisToChat } from "#core/report/diagnosis-chat.ts";
import { marksOf } from "#core/report/marks.ts";
import { matrixOf } from "#core/report/matrix.ts";
import { fileNameOf, shortSubject } from "#core/report/names.ts";
import { wayPictures } from "#core/report/way-picture.ts";

const diagnosis = await diagnoseDemo(
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8")),
);
const lines = (shown: Diagnosis) =>
  matrixOf(shown).map(
    ({ target, cells, differs }) => `${differs ? "! " : ""}${target}: ${cells.IPv6.state}, ${cells.IPv4.state}`,
  );

describe("the matrix of targets and families", () => {
  it("has a line for each target, what fails and differs first", () => {
    assert.deepEqual(lines(diagnosis), [
      "! pod default/n2-p1: fails, works",
      "! pod default/n3-p1: fails, works",
      "! Service default/web: fails, works",
      "pod default/n1-p2: works, works",
      "web.default.svc.cluster.local at 10.96.0.10: works, works",
      "web.default.svc.cluster.local at fd00:10:96::a: works, works",
    ]);
  });

  it("puts the addresses of a name that was dialled into one line", () => {
    const dial = (family: "IPv4" | "IPv6", address: string, failed: boolean): ReportedSymptom => ({
      id: `${family} default/a > example.org ${address}`,
      kind: "dial",
      family,
      from: "pod default/a",
      to: `example.org ${address}:443`,
      outcome: failed ? "timeout" : "ok",
      failed,
      text: "",
    });
    const symptoms = [dial("IPv6", "2001:db8::1", true), dial("IPv4", "192.0.2.1", false)];
    assert.deepEqual(lines({ ...diagnosis, symptoms }), ["! example.org: fails, works"]);
  });

  it("does not call it a difference that an address is of one family", () => {
    const only = diagnosis.symptoms.filter(({ failed, family }) => !failed && family === "IPv6");
    assert.ok(lines({ ...diagnosis, symptoms: only }).every((line) => !line.startsWith("!")));
  });
});

it("the picture of a way takes the stations of the family that fails, and passes all of them in the one that works", () => {
  const [first] = wayPictures(diagnosis);
  assert.equal(first?.stations[first.lanes[0]?.broken ?? -1]?.hop, "node forwarding");
  assert.deepEqual(
    first?.lanes.map(({ family, arrives }) => [family, arrives]),
    [
      ["IPv6", false],
      ["IPv4", true],
    ],
  );
  assert.ok(first?.lanes[1]?.states.every(({ state }) => state === "works"));
});

describe("what changed between two diagnoses", () => {
  const mended: Diagnosis = {
    ...diagnosis,
    verdicts: diagnosis.verdicts.filter(({ status }) => status !== "proven"),
    symptoms: diagnosis.symptoms.map((one) => ({ ...one, failed: false, outcome: "ok" })),
  };

  it("is said of families, causes and attempts", () => {
    const changes = changesBetween(diagnosis, mended);
    assert.equal(changesInWords(changes), "IPv6 failed and now works; forwarding-off is gone");
    assert.equal(changes.rows.length, 3);
    assert.equal(changesInWords(changesBetween(mended, diagnosis)), "IPv6 worked and now fails; forwarding-off is new");
  });

  it("is nothing where the same comes out", () => {
    assert.equal(changesInWords(changesBetween(diagnosis, diagnosis)), "Nothing changed: forwarding-off still proven");
  });
});

it("a tab and a file are named after what was asked, in characters every file system takes", () => {
  const subject = {
    from: { namespace: "default", name: "n1-p1" },
    to: { kind: "service", namespace: "default", name: "web", port: 80 },
  } as const;
  assert.equal(shortSubject({}), "whole cluster");
  assert.equal(shortSubject(subject), "n1-p1 to svc/web:80");
  const named = { ...diagnosis, subject, context: "arn:aws:eks/../prod", startedAt: Date.UTC(2026, 10, 29, 8, 43) };
  assert.equal(fileNameOf(named, "md"), "ipv6-arn-aws-eks-prod-n1-p1-to-svc-web-80-20261129-0843.md");
});

it("a message for a chat has conclusions, cause, fix and differences in few lines, and no markup of others", () => {
  const text = diagnosisToChat(diagnosis);
  assert.ok(text.split("\n").length <= 30, text);
  assert.match(text, /\* \*\*IPv6 fails\*\*: IPv6 forwarding is off/);
  assert.match(text, /On node n1: `sysctl -w net\.ipv6\.conf\.all\.forwarding=1`/);
  assert.match(text, /\| Service default\/web \| \*\*fails\*\*: no answer in 1\.5 s \| works \|/);
  const [first, ...rest] = diagnosis.verdicts;
  const hostile = {
    ...diagnosis,
    verdicts: [{ ...first, because: "![x](http://evil)" } as typeof first & object, ...rest],
  };
  assert.doesNotMatch(diagnosisToChat(hostile), /!\[x\]\(/);
});

it("what a diagnosis says of objects is for their rows: what breaks where, and who is not reached", () => {
  assert.deepEqual(
    marksOf(diagnosis).map(({ object, text, state }) => `${object}: ${text} (${state})`),
    [
      "Node n1: IPv6 forwarding is off on the node (fails)",
      "Pod default/n2-p1: IPv6 fails from pod default/n1-p1 (fails)",
      "Pod default/n3-p1: IPv6 fails from pod default/n1-p1 (fails)",
      "Service default/web: IPv6 fails from pod default/n1-p1 (fails)",
      "Pod default/n1-p2: IPv6 and IPv4 work from pod default/n1-p1 (works)",
    ],
  );
});
