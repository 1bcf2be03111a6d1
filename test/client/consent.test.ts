import assert from "node:assert/strict";
import { test } from "node:test";
import { Consent, type Memory, type Yes } from "#client/diagnosing/consent.ts";

function memory(): Memory {
  const kept = new Map<string, unknown>();
  return {
    get: <T>(key: string, otherwise: T) => (kept.get(key) as T | undefined) ?? otherwise,
    update: async (key, value) => void kept.set(key, value),
  };
}

async function asked(consent: Consent, answer: Yes | undefined): Promise<[agreed: boolean, times: number]> {
  let times = 0;
  const agreed = await consent.to(async () => {
    times++;
    return answer;
  });
  return [agreed, times];
}

test("it is asked each time, until it is agreed to for a cluster, up to a level", async () => {
  const kept = memory();
  const of = (server: string, level: "ephemeral" | "node" | "privileged-node") => new Consent(kept, server, level);
  assert.deepEqual(await asked(of("https://a", "node"), undefined), [false, 1]);
  assert.deepEqual(await asked(of("https://a", "node"), "once"), [true, 1]);
  assert.deepEqual(await asked(of("https://a", "node"), "always"), [true, 1]);
  assert.deepEqual(await asked(of("https://a", "node"), undefined), [true, 0]);
  assert.deepEqual(await asked(of("https://a", "ephemeral"), undefined), [true, 0]);
  assert.deepEqual(await asked(of("https://a", "privileged-node"), undefined), [false, 1]);
  assert.deepEqual(await asked(of("https://b", "ephemeral"), undefined), [false, 1]);
  assert.deepEqual(await asked(of("constructor", "ephemeral"), undefined), [false, 1]);
});
