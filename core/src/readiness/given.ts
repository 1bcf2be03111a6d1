/** What a workload's program is told: the addresses of IPv4 and the names in its environment, arguments and ConfigMaps. */

import { isLinkLocal, isLoopback, parseAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { isMapping, type Json, list, mapping, string } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";
import type { Workload } from "./workloads.ts";

/** A text, and where it stands. */
export interface Text {
  readonly text: string;
  /** `Deployment shop/web, container app, env DB_HOST`, `ConfigMap shop/app, key url` */
  readonly where: string;
  /** The variable or the key. */
  readonly name?: string;
}

export interface Told {
  readonly value: string;
  readonly where: string;
}

export interface GivenValues {
  readonly literals: readonly Told[];
  readonly names: readonly Told[];
  readonly texts: readonly Text[];
  /** ConfigMaps that it names and nobody read. */
  readonly unread: readonly string[];
}

/** `configMap` looks one up; undefined if it was not read. */
export function givenTo(
  workload: Workload,
  configMap: (namespace: string, name: string) => KubeObject | undefined,
): GivenValues {
  const containers = [...list(workload.spec.initContainers), ...list(workload.spec.containers)].map(mapping);
  const configMaps = new Map<string, readonly string[] | undefined>();
  const texts = containers.flatMap((container) => ownTexts(workload, container, configMaps));
  for (const name of volumes(workload.spec)) configMaps.set(name, undefined);
  const unread: string[] = [];
  for (const [name, keys] of configMaps) {
    const found = configMap(workload.namespace, name);
    if (!found && name !== "kube-root-ca.crt") unread.push(`${workload.namespace}/${name}`);
    texts.push(...textsOf(found, keys));
  }
  const aliases = list(workload.spec.hostAliases).flatMap((alias) => string(mapping(alias).ip) ?? []);
  const spelled = aliases.map((text): Text => ({ text, where: `${workload.name}, hostAliases`, name: "ip" }));
  const all = [...texts, ...spelled];
  return { literals: distinct(all.flatMap(literalsIn)), names: distinct(all.flatMap(namesIn)), texts: all, unread };
}

function ownTexts(
  { name: workload }: Workload,
  container: Json,
  configMaps: Map<string, readonly string[] | undefined>,
): Text[] {
  const at = `${workload}, container ${string(container.name) ?? ""}`;
  const words = ["command", "args"].flatMap((field) =>
    list(container[field]).flatMap((text) => (typeof text === "string" ? [{ text, where: `${at}, ${field}` }] : [])),
  );
  const variables = list(container.env).flatMap((entry): Text[] => {
    const { name, value, valueFrom } = mapping(entry);
    const reference = mapping(mapping(valueFrom).configMapKeyRef);
    const map = string(reference.name);
    if (map !== undefined) configMaps.set(map, [...(configMaps.get(map) ?? []), asText(reference.key)]);
    return typeof value === "string" ? [{ text: value, where: `${at}, env ${asText(name)}`, name: asText(name) }] : [];
  });
  for (const source of list(container.envFrom)) {
    const map = string(mapping(mapping(source).configMapRef).name);
    if (map !== undefined) configMaps.set(map, undefined);
  }
  return [...words, ...variables];
}

function volumes(spec: Json): readonly string[] {
  return list(spec.volumes).flatMap((volume) => {
    const { configMap, projected } = mapping(volume);
    const sources = list(mapping(projected).sources).map((source) => mapping(mapping(source).configMap).name);
    return [mapping(configMap).name, ...sources].flatMap((name) => string(name) ?? []);
  });
}

/** Of a value that is a file each line is looked at as a setting of its own. */
function textsOf(configMap: KubeObject | undefined, keys: readonly string[] | undefined): readonly Text[] {
  if (!configMap || !isMapping(configMap.data)) return [];
  const { namespace = "default", name } = configMap.metadata;
  return Object.entries(configMap.data).flatMap(([key, value]): Text[] => {
    if (typeof value !== "string" || (keys && !keys.includes(key))) return [];
    const where = `ConfigMap ${namespace}/${name}, key ${key}`;
    if (!value.trimEnd().includes("\n")) return [{ text: value, where, name: key }];
    return value.split("\n").flatMap((line, index) => {
      const [, setting, value] = /^"?([\w.-]+)"?\s*[:=](.*)/.exec(line.trim()) ?? [];
      const text = value?.trim().replace(/^"|"?,?$/g, "");
      const at = `${where}, line ${index + 1}`;
      if (/^\s*[#;]/.test(line)) return [];
      return setting === undefined || text === undefined
        ? [{ text: line, where: at }]
        : [{ text, where: at, name: setting }];
    });
  });
}

/** Numbers of four parts that are a version, a mask, what is listened on, or a list of what is let in or passed by. */
const notDialled =
  /version|release|tag$|mask|no_?proxy|allow|deny|trusted|range|cidr|subnet|listen|bind|node_?ip|^MY_|self|vip/i;
const hostOfUrl = /\b[a-z][a-z\d+.-]{0,30}:\/\/(?:[^\s/@"']{0,100}@)?([^\s/:?#"',;[\]]{1,253})/gi;
const flagValue = /^--?[\w-]+[= ](.+)$/;

function literalsIn({ text, where, name }: Text): readonly Told[] {
  const hosts = hostsIn(text, name);
  return hosts.filter(isForeign).map((value) => ({ value, where }));
}

/** An IPv4 address that another machine has. */
function isForeign(text: string): boolean {
  const address = parseAddress(text);
  return address?.family === "IPv4" && address.value !== 0n && !isLoopback(address) && !isLinkLocal(address);
}

function namesIn({ text, where, name }: Text): readonly Told[] {
  return hostsIn(text, name)
    .filter((host) => isName.test(host) && !parseAddress(host) && host !== "localhost")
    .map((value) => ({ value: value.toLowerCase().replace(/\.$/, ""), where }));
}

const isName = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*\.?$/i;
/** Variables whose value is a host, if it looks like one. */
const dialled =
  /host|addr|url|server|endpoint|upstream|peer|backend|target|broker|database|redis|proxy|dsn|uri|service$|sink|remote|^ip$/i;

/** The hosts of URLs anywhere; of a setting also a value that is nothing but hosts, with or without ports. */
function hostsIn(text: string, name: string | undefined): readonly string[] {
  const urls = [...text.matchAll(hostOfUrl)].map(([, host = ""]) => host);
  if (name === undefined && /\s/.test(text.trim()) && !flagValue.test(text)) return [...urls, ...wordsOf(text)];
  if (urls.length > 0) return name !== undefined && notDialled.test(name) ? [] : urls;
  const [, flag = "", own = ""] = name === undefined ? (/^--?([\w-]+)[= ](.+)$/.exec(text) ?? []) : ["", name, text];
  if (notDialled.test(flag)) return [];
  const parts = (flagValue.exec(text) && name === undefined ? own : text).trim().split(/[\s,;]+/);
  const hosts = parts.map((part) => part.replace(/:\d{1,5}$/, ""));
  const addresses = hosts.every((host) => parseAddress(host));
  if (addresses && (name !== undefined || flag !== "" || parts.length === 1)) return hosts;
  return dialled.test(flag) && hosts.every((host) => isName.test(host)) ? hosts : [];
}

/** In a script, an address that stands alone and is not what is listened on. */
function wordsOf(script: string): readonly string[] {
  const words = script.split(/\s+/);
  return words.flatMap((word, index) => {
    const [, address] = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?=[;|&)"']|$)/.exec(word) ?? [];
    const before = words[index - 1];
    return address === undefined || before === undefined || /listen|bind|^-s$/.test(before) ? [] : [address];
  });
}

function distinct(all: readonly Told[]): readonly Told[] {
  return [...new Map(all.map((one) => [`${one.value} ${one.where}`, one])).values()];
}
