import { camel } from "./one-a-file.ts";

/** Path and text of each new file. */
export type Files = Readonly<Record<string, string>>;

/** A cause, with a probe of its own if that is named, and a probe alone. */
export const ofDiagnosis = {
  cause: (id: string, probe?: string): Files => (probe === undefined ? causeAlone(id) : causeWithProbe(id, probe)),
  probe: (id: string): Files => ({
    [`core/src/probes/${id}.ts`]: `import { answered } from "../cluster/cluster.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const path = "/proc/TODO";

/** TODO: what it tells, with its unit. */
export const probe: ExecProbe<{ readonly at: Vantage }, string> = {
  id: "${id}",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => \`TODO of \${vantageName(at)}\`,
  // What a person would have typed in the container.
  types: () => ["cat", path],
  // "moving" is read before and after the dials of the same exec: then say in \`always\` which vantages are asked.
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(text.value) : text;
  },
  line: (value) => value,
};
`,
    [`test/probes/${id}.test.ts`]: `import assert from "node:assert/strict";
import { it } from "node:test";
import { probe } from "#core/probes/${id}.ts";
import { readBundle } from "#core/probing/bundle.ts";

it("${id} is read from what the container prints", () => {
  const at = { kind: "pod", namespace: "default", pod: "a" } as const;
  const printed = "@mark@ F /proc/TODO\\nTODO\\n";
  const answer = probe.read(readBundle("@mark@", printed, probe.wants({ at })), { at });
  assert.deepEqual(answer, { ok: true, value: "TODO: what it makes of it" });
});
`,
  }),
};

function causeAlone(id: string): Files {
  return {
    [`core/src/causes/${id}.ts`]: `import { type Cause, excluded, possible } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "node",
  summary: "TODO: a sentence that is true when the cause is proven",
  why: "TODO: why this breaks IPv6.",
  source: "https://TODO",
  // Causes with the same symptoms; judge says what tells them apart.
  looksLike: [],
  // One of the second table of docs/causes.md that it has the fault of, or the next of its letter that is in neither table.
  code: "TODO",

  // biome-ignore lint/correctness/useYield: TODO: ask a probe with "yield* ask(probe, args)"
  *judge(subject) {
    const silent = failedDials(subject, "timeout");
    if (silent.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    // proven() wants our own packets that died of it, and the lookalikes that were looked at: see judging/proof.ts.
    return possible("TODO: the decisive observation in a sentence", { fix: "TODO", confirm: "TODO", missing: "TODO" });
  },
};
`,
    [`test/causes/${id}.test.ts`]: `import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;

describe("${id}", () => {
  it("is proven by what was seen while our packets died", () => {
    assert.equal(judge("${id}", { dials: silent, seen: {} }).status, "proven");
  });

  it("is not proven without: TODO background traffic, the other packet filter, the same over IPv4", () => {
    assert.notEqual(judge("${id}", { dials: silent, seen: {} }).status, "proven");
  });
});
`,
  };
}

/** The probe surrounds the dials, and the cause's test feeds it what a container prints. */
function causeWithProbe(id: string, probe: string): Files {
  return {
    [`core/src/causes/${id}.ts`]: `import { type Cause, excluded, possible } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { probe as ${camel(probe)} } from "../probes/${probe}.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "TODO: a sentence that is true when the cause is proven",
  why: "TODO: why this breaks IPv6.",
  source: "https://TODO",
  // Causes with the same symptoms; judge says what tells them apart.
  looksLike: [],
  // One of the second table of docs/causes.md that it has the fault of, or the next of its letter that is in neither table.
  code: "TODO",

  *judge(subject) {
    const [dial] = failedDials(subject, "timeout");
    if (!dial?.flow) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    const at = { kind: "pod", namespace: dial.flow.from.namespace, pod: dial.flow.from.name } as const;
    const { moved } = yield* ask(${camel(probe)}, { at });
    if (moved === 0) return excluded("TODO: nothing of it while we dialled", [question(${camel(probe)}, { at })]);
    // proven() wants our own packets that died of it, and the lookalikes that were looked at: see judging/proof.ts.
    return possible(\`TODO: \${moved} packets died of it while we dialled\`, {
      fix: "TODO",
      confirm: "TODO",
      missing: "TODO",
    });
  },
};
`,
    [`core/src/probes/${probe}.ts`]: `import { answered } from "../cluster/cluster.ts";
import type { FileForm } from "../linux/lines.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

const path = "/proc/TODO";
/** TODO: its first line, and each other. What has another form is refused, and never taken for nothing. */
const form: FileForm = { first: /^\\d{1,15}$/, line: /^$/ };

/** TODO: what it tells, with its unit: since boot, and while the dials of the same exec went on. */
export const probe: ExecProbe<{ readonly at: Vantage }, { readonly total: number; readonly moved: number }> = {
  id: "${probe}",
  access: "exec",
  vantage: ({ at }) => at,
  // It surrounds the dials only where it is asked with them: of which vantages, and undefined for the others.
  always: (at) => (at.kind === "pod" ? { at } : undefined),
  asks: ({ at }) => \`TODO of \${vantageName(at)}\`,
  // What a person would have typed in the container.
  types: () => ["cat", path],
  wants: () => [{ op: "moving", path }],
  read: (reading) => {
    const texts = reading.moving(path);
    if (!texts.ok) return texts;
    const read = (text: string) => wellFormed(path, answered(text), form, Number);
    const [before, after] = [read(texts.value.before), read(texts.value.after)];
    if (!before.ok) return before;
    if (!after.ok) return after;
    return answered({ total: after.value, moved: after.value - before.value });
  },
  line: ({ total, moved }) => \`TODO: \${total}, \${moved} of them meanwhile\`,
};
`,
    [`test/causes/${id}.test.ts`]: `import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { probe } from "#core/probes/${probe}.ts";
import { readBundle } from "#core/probing/bundle.ts";
import { judge } from "./case.ts";

const at = { kind: "pod", namespace: "default", pod: "a" } as const;

/** What the cause says of what the container prints before and after the dials, where nothing else is wrong. */
function judged(before: string, after: string) {
  const printed = \`@mark@ B /proc/TODO\\n\${before}\\n@mark@ A /proc/TODO\\n\${after}\\n\`;
  const seen = probe.read(readBundle("@mark@", printed, probe.wants({ at })), { at });
  assert.ok(seen.ok);
  return judge("${id}", { dials: [{ outcome: "timeout", ms: 3500 }], seen: { "${probe}": seen.value } }).status;
}

describe("${id}", () => {
  it("is proven by what was seen while our packets died", () => {
    assert.equal(judged("4", "7"), "proven");
  });

  it("is not proven without: TODO background traffic, the other packet filter, the same over IPv4", () => {
    assert.equal(judged("4", "4"), "excluded");
  });
});
`,
  };
}
