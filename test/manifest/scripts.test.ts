import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { Prefilter } from "#core/lint/prefilter.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

/** Rule, severity, words and what is underlined, read as the editor and as the command line reads it. */
function said(name: string, text: string): readonly string[] {
  const read = (content: Parameters<Workspace["open"]>[1]) => {
    const workspace = new Workspace(rules, { ...defaults, patch: () => true });
    workspace.open(name, content);
    return workspace
      .check(name)
      .flatMap(({ document, findings, crashes }) => {
        assert.deepEqual(crashes, []);
        return findings.map((one) => [one.rule, one.severity, one.message, document.text.slice(one.start, one.end)]);
      })
      .map((parts) => parts.join(" | ").replaceAll(/\((?:script|inventory|[\w.-]+)\)/g, "()"))
      .sort();
  };
  const found = read(text);
  assert.deepEqual(read(new Prefilter(rules).documents(Buffer.from(text), { name, patch: true }) ?? ""), found);
  return found;
}

const unquoted = (text: string) => text.replaceAll('"', "");

const pods = "10.42.0.0/16,fd12:3456:789a::/112";
const services = "10.43.0.0/16,fd12:3456:789b::/48";
const flags = `--cluster-cidr=${pods} --service-cidr=${services}`;
const config = said("config.yaml", `cluster-cidr: "${pods}"\nservice-cidr: "${services}"\n`);

describe("the flags of k3s and RKE2 are judged as the file that they stand for", () => {
  it("there is something to be said of it", () => assert.equal(config.length, 2));
  const forms: Readonly<Record<string, readonly [name: string, text: string]>> = {
    "the installer in a script": ["install.sh", `curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="${flags}" sh -\n`],
    "lines that a backslash carries on": ["a.sh", `set -e\nk3s server \\\n  ${flags.replace(" --", " \\\n  --")}\n`],
    "a script of Windows": ["a.sh", `# a\r\nrke2 server ${flags}\r\n`],
    "an installer of another name": ["a.sh", `INSTALL_K3S_VERSION=v1 sh /tmp/k3s-installer server ${flags}\n`],
    "a unit of systemd": ["k3s.service", `[Service]\nExecStart=/usr/local/bin/k3s server ${flags}\nRestart=always\n`],
    "the unit that k3s' installer writes": [
      "k3s.service",
      `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n${flags.replaceAll(/(--[\w-]+)=(\S+)/g, "\t'$1' \\\n\t'$2' \\\n")}\n`,
    ],
    "a Makefile": ["Makefile", `up:\n\tk3s server ${flags} $(ARGS)\n\ndown:\n\tk3s-uninstall.sh\n`],
    "k3s-ansible in YAML": ["inventory.yml", `k3s_cluster:\n  vars:\n    extra_server_args: "${flags}"\n`],
    "k3s-ansible in INI": [
      "inventory/hosts.ini",
      `[k3s_cluster:children]\nserver\n\n[k3s_cluster:vars]\nextra_server_args="${flags}"\n`,
    ],
    "PyratLabs' role": ["k3s.yml", `k3s_server:\n  cluster-cidr: "${pods}"\n  service-cidr: "${services}"\n`],
    "lablabs' role": [
      "rke2.yml",
      `rke2_server_options:\n  - "cluster-cidr: '${pods}'"\n  - "service-cidr: ${services}"\n`,
    ],
    "a file in a variable": [
      "all.yml",
      `server_config_yaml: |\n  cluster-cidr: "${pods}"\n  service-cidr: "${services}"\n`,
    ],
  };
  for (const [title, [name, text]] of Object.entries(forms))
    it(title, () => assert.deepEqual(said(name, text), config));
});

test("the hosts of Kubespray in INI are judged as those in YAML", () => {
  const yaml = `all:\n  hosts:\n    a: {ip: 10.0.0.5, access_ip6: "10.0.0.5"}\n    b: {ip6: "fd12:3456:789a::7/64"}\n`;
  const ini = `[kube_control_plane]\na ip=10.0.0.5 access_ip6=10.0.0.5 # one\n\n[kube_node]\nb ip6="fd12:3456:789a::7/64"\n`;
  const expected = said("hosts.yaml", yaml);
  assert.equal(expected.length, 2);
  assert.deepEqual(said("hosts.ini", ini), expected.map(unquoted));
  const vars = said("k8s-cluster.yml", "kube_pods_subnet: 10.0.0.0/16\nkube_pods_subnet_ipv6: fd12:3456:789a::1/116\n");
  assert.ok(vars.length > 0);
  const own =
    "[kube_node]\n[k8s_cluster:vars]\nkube_pods_subnet=10.0.0.0/16\nkube_pods_subnet_ipv6=fd12:3456:789a::1/116\n";
  assert.deepEqual(said("inventory.ini", own), vars.map(unquoted));
});

test("what helm is given in a script is judged as values, and not if a part of them stands elsewhere", () => {
  const values = `ipv6: {enabled: true}\nipam:\n  operator:\n    clusterPoolIPv6PodCIDRList: ["fd12:3456::/48"]\n    clusterPoolIPv6MaskSize: 112\n`;
  const set = (more: string) =>
    `helm upgrade --install cilium cilium/cilium -n kube-system${more} \\\n  --set ipv6.enabled=true,ipam.operator.clusterPoolIPv6MaskSize=112 \\\n  --set ipam.operator.clusterPoolIPv6PodCIDRList='{fd12:3456::/48}'\n`;
  const expected = said("values.yaml", values);
  assert.equal(expected.length, 1);
  assert.deepEqual(said("a.sh", set("")).map(unquoted), expected.map(unquoted));
  for (const more of [" -f values.yaml", " --reuse-values", " --set k8sServiceHost=$HOST"])
    assert.deepEqual(said("a.sh", set(more)), [], more);
});

test("cilium install hands what it is given on to helm", () => {
  const set =
    "cilium install --version 1.18.2 \\\n  --set ipv6.enabled=true --set ipam.operator.clusterPoolIPv6PodCIDRList='{fd12:3456::1/104}'\n";
  const [first = "", ...more] = said("a.sh", set);
  assert.match(first, /host-bits/);
  assert.deepEqual(more, []);
  for (const right of [set.replace("::1/104", "::/104"), set.replace("--version", "--values my.yaml --version")])
    assert.deepEqual(said("a.sh", right), []);
  assert.deepEqual(said("a.sh", "cilium status --wait\ncilium connectivity test --test '!pod-to-world'\n"), []);
});

test("of scripts and INI files that build nothing, of variables and of templates nothing is said", () => {
  const silent: readonly (readonly [string, string])[] = [
    ["a.sh", "ip -6 addr add fd12:3456:789a::1/64 dev eth0\nping fd12::1::2\n"],
    ["a.sh", `# k3s server --cluster-cidr ${pods}\necho done\n`],
    ["a.sh", `k3s server --cluster-cidr "$PODS" --service-cidr \${SERVICES}\n`],
    ["Makefile", "up:\n\tkubectl apply -f . # [unclosed\n\t@echo '{'\n"],
    ["a.service", "[Unit]\nDescription=x: y: z\n\n[Service]\nExecStart=/bin/x -l 0.0.0.0 \\\n\t-v\n"],
    ["k3s.service", `ExecStart=/usr/local/bin/k3s \\\n server '--cluster-cidr' \\\n "$PODS"\n`],
    ["a.sh", `k3s server --cluster-cidr {{ pods }} --service-cidr ${services}\n`],
    ["hosts.ini", "[mysqld]\nip6=nonsense\n"],
    ["hosts.ini", "[kube_node]\n# a ip6=10.0.0.5\nb ip6=fd12:3456:789a::7 ansible_user=root\n"],
  ];
  for (const [name, text] of silent) assert.deepEqual(said(name, text), [], text);
});

test("a line in which a command begins again and again costs what its length does", () => {
  for (const again of ["helm a ", "helm ", "k3s-", "rke2-", "INSTALL_K3S_", "cilium install --set a={"]) {
    const of = (length: number) => {
      const started = performance.now();
      said("Makefile", `\thelm install a k3s server ${again.repeat(length / again.length)}`);
      return performance.now() - started;
    };
    of(10_000);
    assert.ok(of(160_000) < 6000, again);
  }
});
