import { diagnoseSaved } from "../diagnosis.ts";
import type { Saved } from "../saved.ts";
import { AddressPseudonyms } from "./addresses.ts";
import { NamePseudonyms } from "./names.ts";

/**
 * The same diagnosis with other names and addresses, to be shown to strangers: what shares a prefix still does, and every verdict
 * is as it was, which is tried before it is returned; undefined where it is not. `toss` is a fair coin that nobody foresees.
 */
export async function pseudonymised(saved: Saved, toss: () => boolean): Promise<Saved | undefined> {
  const names = new NamePseudonyms(saved);
  const addresses = new AddressPseudonyms(toss);
  const changed = (value: unknown): unknown => {
    if (typeof value === "string") return names.in(addresses.in(value));
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [keyOf(key), changed(one)]));
  };
  // Fields have names of their own; a label or a route has what somebody gave it.
  const keyOf = (key: string) => (/[.:/]/.test(key) ? names.in(addresses.in(key)) : key);
  const { kind, format, startedAt, took, execs } = saved;
  const [context, subject, observations] = [saved.context, saved.subject, saved.observations].map(changed) as [
    Saved["context"],
    Saved["subject"],
    Saved["observations"],
  ];
  const made: Saved = { kind, format, context, subject, observations, startedAt, took, execs };
  const [before, after] = await Promise.all([verdictsOf(saved), verdictsOf(made)]);
  return before === after ? made : undefined;
}

async function verdictsOf(saved: Saved): Promise<string> {
  const { verdicts, symptoms, stopped } = await diagnoseSaved(saved);
  return JSON.stringify([
    stopped?.reason ?? "",
    verdicts.map(({ cause, status, latent }) => [cause, status, latent]),
    symptoms.map(({ family, failed, outcome }) => [family, failed, outcome]),
  ]);
}
