import {
  type BuiltPart,
  isNull,
  partAt,
  partEntries,
  partItems,
  partText,
  typeOf,
  withEntry,
  withoutEntry,
} from "./parts.ts";

/**
 * The lists of Kubernetes' own kinds whose items are merged, and by which of their fields; all others are replaced as a whole.
 * {@link https://github.com/kubernetes/kubernetes/blob/master/api/openapi-spec/swagger.json}, x-kubernetes-patch-merge-key
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  env: ["name"],
  volumes: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  ports: ["containerPort", "port"],
  imagePullSecrets: ["name"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
  resourceClaims: ["name"],
  schedulingGates: ["name"],
  secrets: ["name"],
  webhooks: ["name"],
  ownerReferences: ["uid"],
  conditions: ["type"],
};

/** Lists of words to which a patch adds. */
const addedTo = ["finalizers", "podCIDRs"];

/** Of a kind whose lists are merged by the API's own description; custom resources have none. */
export function hasMergeKeys(group: string): boolean {
  return (
    ["", "apps", "batch", "extensions", "policy", "autoscaling"].includes(group) ||
    (group.endsWith(".k8s.io") && !/(?:gateway|snapshot|cluster)\b|\.x-k8s\.io$/.test(group))
  );
}

/** A patch that takes the object, the entry or the item that it stands for away. */
export function deletes(patch: BuiltPart): boolean {
  return /^delete$/.test(directive(patch) ?? "");
}

/**
 * What a strategic merge patch makes of an object; `own`: see {@link hasMergeKeys}.
 * {@link https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md}
 */
export function merged(base: BuiltPart, patch: BuiltPart, own: boolean): BuiltPart {
  if (typeOf(patch) !== "map") return patch;
  if (typeOf(base) !== "map" || directive(patch) === "replace") return cleaned(patch);
  let result = base;
  for (const entry of partEntries(patch)) {
    const { key, value } = entry;
    if (key.startsWith("$")) continue;
    const old = partAt(result, [key]);
    if (isNull(value) || deletes(value)) {
      if (old) result = withoutEntry(result, key);
    } else if (!old) result = withEntry(result, { ...entry, value: cleaned(value) });
    else if (typeOf(value) === "map") result = withEntry(result, { key, value: merged(old, value, own) });
    else if (typeOf(value) === "seq") result = withEntry(result, { key, value: lists(key, old, value, own) });
    else result = withEntry(result, { key, value });
  }
  return result;
}

function lists(key: string, old: BuiltPart, patch: BuiltPart, own: boolean): BuiltPart {
  const items = partItems(patch);
  const whole = items.filter((item) => directive(item) === "replace" && partEntries(item).length === 1);
  const fresh = items.filter((item) => !whole.includes(item));
  if (own && addedTo.includes(key)) return { kind: "seq", items: [...partItems(old), ...fresh] };
  const by = own ? mergeKeys[key]?.find((name) => fresh.every((item) => partAt(item, [name]))) : undefined;
  if (by === undefined || whole.length > 0 || typeOf(old) !== "seq")
    return { kind: "seq", items: fresh.filter((item) => !deletes(item)).map(cleaned) };
  let result = [...partItems(old)];
  for (const item of fresh) {
    const name = partText(partAt(item, [by]));
    const at = result.findIndex((one) => partText(partAt(one, [by])) === name && sameProtocol(key, one, item));
    if (deletes(item)) result = result.filter((_, index) => index !== at);
    else if (at < 0) result.push(cleaned(item));
    else result[at] = merged(result[at] as BuiltPart, item, own);
  }
  return { kind: "seq", items: result };
}

/** Ports of one number are two where their protocols are. */
function sameProtocol(key: string, a: BuiltPart, b: BuiltPart): boolean {
  const protocol = (port: BuiltPart) => partText(partAt(port, ["protocol"])) ?? "TCP";
  return key !== "ports" || protocol(a) === protocol(b);
}

function directive(part: BuiltPart): string | undefined {
  return typeOf(part) === "map" ? partText(partAt(part, ["$patch"])) : undefined;
}

/** Without what is said to the merge alone: its directives, and null for what is to go. */
function cleaned(part: BuiltPart): BuiltPart {
  const type = typeOf(part);
  if (type === "seq") {
    const items = partItems(part);
    const clean = items.map(cleaned);
    return clean.every((item, index) => item === items[index]) ? part : { kind: "seq", items: clean };
  }
  if (type !== "map") return part;
  const entries = partEntries(part);
  const clean = entries
    .filter(({ key, value }) => !key.startsWith("$") && !isNull(value))
    .map((entry) => ({ ...entry, value: cleaned(entry.value) }));
  const same = clean.length === entries.length && clean.every(({ value }, index) => value === entries[index]?.value);
  return same ? part : { kind: "map", entries: clean };
}
