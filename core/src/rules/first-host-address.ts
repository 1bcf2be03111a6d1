import { clusterOf } from "../facts/service-ranges.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Rule } from "../lint/rule.ts";
import { partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A script takes what hostname prints for one address, where a pod has two",
  why: `The kubelet writes every address of a pod into its /etc/hosts: \`hostname -i\` and \`hostname -I\` print them all in one line on
dual-stack, so that \`$(hostname -i)\` becomes two words, or one with a blank in it. The first of \`hostname -I\` is the IPv4 one also where
IPv6 comes first. \`status.podIP\` is the primary address, \`status.podIPs\` both.`,
  source: "https://man7.org/linux/man-pages/man1/hostname.1.html",
  severity: "warning",
  kinds: [...podKinds, "ConfigMap", "HelmValues"],
  mentions: [/hostname (?:-[iI]|--ip-address|--all-ip-addresses)/],
  example: {
    cluster: "dual-v4",
    bad: pod("exec etcd --listen-peer-urls http://$(hostname -i):2380"),
    good: pod("exec etcd --listen-peer-urls http://$POD_IP:2380"),
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    for (const field of textsOf(resource))
      for (const { 0: whole, 1: inner = "", index } of (field.text ?? "").matchAll(substitution)) {
        const [, flag = "", rest = ""] = command.exec(inner) ?? [];
        if (flag === "" || /\bgrep\b|\bsed\b|\btr\b|\bfor\b/.test(rest)) continue;
        const { at } = partOf(field, index, index + whole.length);
        const message = judge(cluster, /I|all/.test(flag), takesFirst.test(rest), rest.trim() !== "");
        if (message) yield { at, ...message };
      }
  },
};

/** `$(...)` and backquotes, with no other one in them. */
const substitution = /(?:\$\(|`)([^()`\n]{1,200})[)`]/g;
const command = /^\s*(?:\/\S*\/)?hostname (-[iI]|--ip-address|--all-ip-addresses)(?![\w-])(.*)$/;
/** `awk '{print $1}'`, `cut -d' ' -f1`. */
const takesFirst = /awk\s.*print \$1\b|cut\s.*-f\s?1\b/;

function judge(cluster: string, all: boolean, first: boolean, cut: boolean) {
  if (!cluster.startsWith("dual")) return undefined;
  if (!cut) return { message: "prints both addresses of a dual-stack pod, and one is wanted: take status.podIP" };
  // Of /etc/hosts the first is the primary one.
  if (!first || !all || cluster !== "dual-v6") return undefined;
  const message = "the first is the IPv4 address, and IPv6 comes first in this cluster: take status.podIP";
  return { message, severity: "information" } as const;
}

function textsOf(resource: Resource): readonly Field[] {
  if (resource.kind === "HelmValues") return [...settingFields(resource)];
  if (resource.kind !== "ConfigMap") return givenTexts(resource).map(({ field }) => field);
  return (resource.get("data")?.entries() ?? []).map(([, field]) => field);
}

function pod(script: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      command: [sh, -c, "${script}"]
`;
}
