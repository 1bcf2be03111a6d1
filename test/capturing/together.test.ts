import assert from "node:assert/strict";
import { test } from "node:test";
import { Together } from "#core/capturing/together.ts";

test("two captures end together, and packets count that came while both went on, by one clock", () => {
  let time = 0;
  const outer = new AbortController();
  const together = new Together(outer.signal, () => time);
  const [one, other] = [together.window(0), together.window(1)];
  const at = (now: number, window: typeof one, packets: number) => {
    time = now;
    window.sees(packets);
  };
  at(0, one, 0);
  at(500, one, 3);
  at(4_000, other, 0);
  at(5_900, one, 10);
  at(6_500, one, 12);
  at(9_000, other, 5);
  at(9_990, one, 20);
  at(11_000, one, 25);
  time = 12_000;
  other.ends("after 5 packets at node n2");
  assert.deepEqual([together.signal.aborted, together.why], [true, "after 5 packets at node n2"]);
  one.ends("when you ended it at node n1");
  assert.equal(together.why, "after 5 packets at node n2");
  assert.deepEqual(together.both(0), { from: 11, to: 20 });
  assert.deepEqual(together.both(1), { from: 1, to: 5 });
});

test("of two captures of which one never began no packet counts", () => {
  const outer = new AbortController();
  const together = new Together(outer.signal, () => 0);
  together.window(0).sees(7);
  outer.abort();
  assert.deepEqual([together.both(0), together.why], [{ from: 1, to: 0 }, "when you ended it"]);
});
