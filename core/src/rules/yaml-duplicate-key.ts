import type { Report, Rule } from "../lint/rule.ts";
import { everyField } from "../manifest/bracketed.ts";
import { Field } from "../manifest/field.ts";
import { trapsOf } from "../manifest/traps.ts";

export const rule: Rule = {
  summary: "A key written twice: the later one wins, or the object is refused",
  why: `kustomize, Helm's strict readers and an API server that is sent YAML refuse a key that is set twice. \`kubectl apply\` turns YAML into
JSON first and takes the last, without a word. Two \`ipFamilyPolicy\` lines look like a choice and are none.`,
  source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
  severity: "error",
  codes: ["YAML005"],
  kinds: ["*"],
  mentions: [],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  selector: {app: web}
  ipFamilyPolicy: PreferDualStack
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  selector: {app: web}
`,
  },

  *check(resource) {
    // In a template the two may stand in two branches; what lacks apiVersion or kind is decoded by others, by other rules.
    if (resource.partial || resource.recovered || resource.apiVersion === "" || resource.embedded) return;
    if (!resource.root.has("kind") || !trapsOf(resource).repeatedKey) return;
    const second = secondObject(resource.root);
    if (second) {
      yield second;
      return;
    }
    for (const field of everyField(resource.root)) if (field.node.kind === "map") yield* duplicates(field);
  },
};

/** Two objects, and nothing between them: to remove what they say alike would take the one apart. */
function secondObject({ node, resource }: Field): Report | undefined {
  if (node.kind !== "map") return undefined;
  const heads = node.pairs.filter(({ key }) => key.text === "apiVersion" || key.text === "kind");
  const [second] = heads.slice(2);
  if (new Set(heads.map(({ key }) => key.text)).size < 2 || heads.length < 4 || !second) return undefined;
  return {
    at: new Field(resource, second.value, resource.root, second.key.text, second.key).key,
    message: `key "${second.key.text}" already set in map: another object begins here; write --- above it`,
  };
}

function* duplicates(map: Field): Iterable<Report> {
  const { node, resource } = map;
  if (node.kind !== "map") return;
  const first = new Map<string, Field>();
  // The last wins: one that says what the first said counts where another stands between.
  const mixed = new Set<string>();
  for (const { key, value } of node.pairs) {
    const field = new Field(resource, value, map, key.text, key);
    const before = first.get(key.text);
    if (!before || key.text === "<<") {
      first.set(key.text, field);
      continue;
    }
    const isTold = !/\{\{|&\w/.test(resource.source.slice(key.end, value.end));
    const equal = JSON.stringify(before.toJSON()) === JSON.stringify(field.toJSON());
    const same = isTold && equal && !mixed.has(key.text);
    if (!equal) mixed.add(key.text);
    yield {
      at: field.key,
      message: `key "${key.text}" already set in map: kubectl takes the last, kustomize refuses it; remove one`,
      // Which of two values is meant cannot be told.
      fix: same
        ? { kind: "spelling", title: "Remove the second, which says the same", edits: [field.remove()] }
        : undefined,
    };
  }
}
