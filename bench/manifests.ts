/** Manifests of any length, the same ones every time: what an application bundle of some teams looks like. */
import { account, budget, config, deployment, ingress, policy, pool, role, service } from "./documents.ts";

/** Numbers below 1 that look random and come out the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `lines` lines of documents parted by `---`; this share of them says nothing of addresses, and these ConfigMaps are so many times as long. */
export function bundle(lines: number, plain = 0, long = 1): string {
  const next = random(7);
  let text = "";
  for (let index = 0, count = 0; count < lines; index++) {
    const of = next() < plain ? plainKinds : kinds;
    const pick = of[Math.floor(next() * of.length)] as (name: string, next: () => number) => string;
    const own = pick(`app-${index}`, next);
    const document = `---\n${of === plainKinds && pick === config ? lengthened(own, long) : own}`;
    text += document;
    count += document.split("\n").length - 1;
  }
  return `${text.split("\n").slice(0, lines).join("\n")}\n`;
}

/** The same objects as the items of one List, which is one single document. */
export function list(lines: number): string {
  const items = bundle(lines)
    .split(/^---\n/m)
    .filter((document) => document !== "")
    .map((document) => `- ${document.trimEnd().replaceAll("\n", "\n  ")}\n`);
  return `apiVersion: v1\nkind: List\nitems:\n${items.join("")}`;
}

const kinds = [
  deployment,
  deployment,
  deployment,
  service,
  service,
  service,
  config,
  config,
  policy,
  account,
  role,
  role,
  ingress,
  pool,
  budget,
];

const plainKinds = kinds.flatMap((kind) => {
  if (kind === policy || kind === pool) return [];
  return kind === deployment ? plainDeployment : kind;
});

function plainDeployment(name: string, next: () => number): string {
  return deployment(name, next).replace(/ +- --(?:listen|cluster-dns)=.*\n/g, "");
}

function lengthened(text: string, times: number): string {
  const head = text.indexOf("    key.");
  return text.slice(0, head) + text.slice(head).repeat(times);
}
