import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { cli, folder, here, main } from "./cli.ts";

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - ipBlock:
            cidr: 0.0.0.0/0
`;
const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: DualStack
  selector: {app: web}
  ports: [{port: 80}]
`;

const misspelled =
  "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ipFamilies: [ipv6]\n  ports: [{port: 80}]\n";

describe("kube-ipv6 lint", () => {
  test("JSON says where, what and which rule, counted from 0", async (t) => {
    const cwd = folder(t, { "a.yaml": `# above\n---\n${policy}` });
    const { code, out } = cli(["lint", "--format", "json", "a.yaml"], { cwd });
    const [finding, ...more] = JSON.parse(out);
    assert.deepEqual(more, []);
    assert.deepEqual(finding, {
      file: "a.yaml",
      document: 0,
      kind: "NetworkPolicy",
      name: "web",
      rule: "network-policy-ipv4-any",
      codes: ["NP007"],
      severity: "warning",
      path: "spec.ingress[0].from",
      message: finding.message,
      range: { start: { line: 12, character: 18 }, end: { line: 12, character: 27 } },
      fixable: false,
      fix: "decision",
    });
    assert.equal(code, 1);
  });

  test("a clean folder exits with 0, in every format", async (t) => {
    const cwd = folder(t, { "ok.yaml": "kind: ConfigMap\ndata: {a: b}\n", "notes.txt": "no manifest" });
    for (const format of ["text", "json", "sarif", "junit", "github"])
      assert.equal((await here(["lint", "--format", format, "."], { cwd })).code, 0, format);
  });

  test("a folder's Corefile and CNI configurations are judged, nginx.conf if it is asked for, and --fix-rule mends them", async (t) => {
    const corefile = ". {\n  kubernetes cluster.local in-addr.arpa\n}\n";
    const cwd = folder(t, { Corefile: corefile, "10-a.conflist": "{,}\n", "nginx.conf": "listen fd00::1:80;\n" });
    const found = async (path: string) =>
      JSON.parse((await here(["lint", "--format", "json", path], { cwd })).out).map(
        ({ file, kind, codes }: Record<string, unknown>) => `${file} ${kind} ${codes}`,
      );
    assert.deepEqual(await found("."), ["10-a.conflist CNIConfig CNI007", "Corefile Corefile DNS001"]);
    assert.deepEqual(await found("nginx.conf"), ["nginx.conf NginxConf ARG009"]);
    await here(["lint", "--fix-rule", "corefile-reverse-zones", "."], { cwd });
    assert.equal(
      readFileSync(join(cwd, "Corefile"), "utf8"),
      corefile.replace("in-addr.arpa", "in-addr.arpa ip6.arpa"),
    );
  });

  test("wrong usage exits with 2 and says how it is right", async () => {
    for (const args of [
      ["lint"],
      ["lint", "--format", "xml", "."],
      ["lint", "--no-such", "."],
      ["lint", "--cluster", "v5", "."],
      ["nonsense"],
      [],
    ]) {
      const { code, err } = await here(args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, /Usage: kube-ipv6/);
    }
    assert.equal((await here(["lint", "--help"])).code, 0);
  });

  test("what cannot be read exits with 3 and is named, the rest is judged", async (t) => {
    const cwd = folder(t, { "a.yaml": policy, "b.yaml": "\0\0\0" });
    const { code, out, err } = await here(["lint", "--format", "json", "a.yaml", "b.yaml", "missing.yaml"], { cwd });
    assert.equal(code, 3);
    assert.equal(JSON.parse(out).length, 1);
    assert.match(err, /b\.yaml was not looked at: it is a binary file/);
    assert.match(err, /missing\.yaml was not looked at: there is no such file/);
  });

  test("a comment turns a rule off for a line or a file, a setting for a folder", async (t) => {
    const cwd = folder(t, {
      "line.yaml": policy.replace(
        "            cidr",
        "            # kube-ipv6-disable-next-line NP007 -- IPv4 only on purpose\n            cidr",
      ),
      "file.yaml": `# kube-ipv6-disable-file network-policy-ipv4-any -- this is a test\n${policy}`,
      "sub/set.yaml": policy,
      "sub/.kube-ipv6.yaml": "rules:\n  network-policy-ipv4-any: off\n",
      "other/set.yaml": policy,
      "other/.kube-ipv6.yaml": "rules: {NP007: error}\nexclude: ['gone/**']\n",
      "other/gone/set.yaml": policy,
    });
    const found = JSON.parse((await here(["lint", "--format", "json", "."], { cwd })).out) as {
      file: string;
      severity: string;
    }[];
    assert.deepEqual(
      found.map(({ file, severity }) => [file, severity]),
      [["other/set.yaml", "error"]],
    );
  });

  test("a broken setting is said, not swallowed", async (t) => {
    const cwd = folder(t, {
      "a.yaml": "kind: X\n",
      ".kube-ipv6.yaml": "kubernetes: new\nrules: {x: loud}\nflavour: mint\n",
    });
    const { code, err } = await here(["lint", "a.yaml"], { cwd });
    assert.equal(code, 3);
    assert.match(err, /kubernetes: "new" is not a version/);
    assert.match(err, /rules\.x: "loud" is not one of/);
    assert.match(err, /"flavour" is not a setting/);
  });

  test("the version decides the severity, from the command line and from a comment", async (t) => {
    const zeros = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostAliases:\n    - ip: 010.0.0.5\n      hostnames: [a]\n  containers: [{name: a, image: a}]\n`;
    const cwd = folder(t, { "a.yaml": zeros, "b.yaml": `# kube-ipv6-kubernetes: 1.34\n${zeros}` });
    const grades = async (args: string[]) =>
      (JSON.parse((await here(["lint", "--format", "json", ...args], { cwd })).out) as { severity: string }[]).map(
        ({ severity }) => severity,
      );
    assert.deepEqual(await grades(["a.yaml"]), ["error"]);
    assert.deepEqual(await grades(["--kubernetes", "1.35", "a.yaml"]), ["warning"]);
    assert.deepEqual(await grades(["b.yaml"]), ["warning"]);
  });

  test("a baseline knows what was there before, whatever line it is on now", async (t) => {
    const cwd = folder(t, { "a.yaml": policy });
    assert.equal((await here(["lint", "--write-baseline", "known.json", "a.yaml"], { cwd })).code, 1);
    writeFileSync(join(cwd, "a.yaml"), `# one more line\n${policy}---\n${service}`);
    const { code, out } = await here(["lint", "--format", "json", "--baseline", "known.json", "a.yaml"], { cwd });
    assert.equal(code, 1);
    assert.ok((JSON.parse(out) as { kind: string }[]).every(({ kind }) => kind === "Service"));
    assert.equal((await here(["lint", "--baseline", "a.yaml", "a.yaml"], { cwd })).code, 2);
  });

  test("--fix mends spelling, leaves comments and what somebody has to want, and says how much of both", async (t) => {
    const text = `${policy.replace("0.0.0.0/0", "0.0.0.0/0 # the world")}---\n${misspelled}`;
    const cwd = folder(t, { "a.yaml": text });
    const said = (await here(["lint", "a.yaml"], { cwd })).out;
    assert.deepEqual(
      said.split("\n").filter((line) => line.includes("--fix mends it")).length,
      1,
      "said of the one that is mended",
    );
    const { code, err } = await here(["lint", "--fix", "a.yaml"], { cwd });
    assert.equal(code, 1);
    assert.match(err, /^1 fixed, 1 left for you: 1 network-policy-ipv4-any$/m);
    const mended = text.replace("[ipv6]", "[IPv6]");
    assert.equal(readFileSync(join(cwd, "a.yaml"), "utf8"), mended);
    assert.match((await here(["lint", "--fix", "a.yaml"], { cwd })).err, /^0 fixed, 1 left for you/m);
    assert.equal(readFileSync(join(cwd, "a.yaml"), "utf8"), mended, "a second run changes nothing");
  });

  test("--fix-rule makes the fix of the rules it names and of no other", async (t) => {
    const text = `${policy.replace("0.0.0.0/0", "0.0.0.0/0 # the world")}---\n${misspelled}`;
    const cwd = folder(t, { "a.yaml": text });
    const { err } = await here(["lint", "--fix-rule", "network-policy-ipv4-any", "a.yaml"], { cwd });
    assert.match(err, /^1 fixed, 1 left for you: 1 service-ip-families$/m);
    const mended = readFileSync(join(cwd, "a.yaml"), "utf8");
    assert.match(mended, /cidr: 0\.0\.0\.0\/0 # the world\n/);
    assert.match(mended, /cidr: ::\/0\n/);
    assert.match(mended, /\[ipv6\]/);
    const both = ["lint", "--fix-rule", "service-ip-families", "--fix-rule", "host-bits", "a.yaml"];
    assert.equal((await here(both, { cwd })).code, 0);
    assert.match(readFileSync(join(cwd, "a.yaml"), "utf8"), /\[IPv6\]/);
    const wrong = await here(["lint", "--fix-rule", "no-such-rule", "a.yaml"], { cwd });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /there is no "no-such-rule"/);
  });

  test("of two readings --fix-rule makes none", async (t) => {
    const text = policy.replace("0.0.0.0/0", "10.1.2.3/8");
    const cwd = folder(t, { "a.yaml": text });
    assert.match(
      (await here(["lint", "--fix-rule", "host-bits", "a.yaml"], { cwd })).err,
      /^0 fixed, 1 left for you: 1 host-bits$/m,
    );
    assert.equal(readFileSync(join(cwd, "a.yaml"), "utf8"), text);
  });

  test("what an update may not change is said with the old object beside it", async (t) => {
    const now = service.replace("  ipFamilyPolicy: DualStack\n", "  ipFamilies: [IPv4]\n");
    const cwd = folder(t, { "old.yaml": now, "new.yaml": now.replace("[IPv4]", "[IPv6]") });
    const { out } = await here(["lint", "--format", "json", "--old", "old.yaml", "new.yaml"], { cwd });
    assert.ok((JSON.parse(out) as { codes: string[] }[]).some(({ codes }) => codes.includes("SVC032")));
    assert.ok(!(await here(["lint", "--format", "json", "new.yaml"], { cwd })).out.includes("SVC032"));
  });

  test("the output of helm template leads back to the template", async (t) => {
    const cwd = folder(t, {
      "templates/policy.yaml": `{{- if .Values.on }}\n${policy.replace("name: web", "name: {{ .Release.Name }}")}{{- end }}\n`,
    });
    const { out } = cli(["lint", "--format", "json", "-"], {
      cwd,
      input: `---\n# Source: shop/templates/policy.yaml\n${policy}`,
    });
    const [{ file, range }] = JSON.parse(out);
    assert.equal(file, "templates/policy.yaml");
    assert.equal(range.start.line, 11);
  });

  test("SARIF names the rule, its page and the place, GitHub's command escapes what it has to, JUnit is well-formed", async (t) => {
    const cwd = folder(t, { "a.yaml": policy });
    const sarif = JSON.parse((await here(["lint", "--format", "sarif", "a.yaml"], { cwd })).out);
    const [result] = sarif.runs[0].results;
    assert.equal(sarif.version, "2.1.0");
    assert.equal(result.ruleId, "network-policy-ipv4-any");
    assert.deepEqual(result.locations[0].physicalLocation.region, {
      startLine: 11,
      startColumn: 19,
      endLine: 11,
      endColumn: 28,
    });
    assert.match(
      (await here(["lint", "--format", "github", "a.yaml"], { cwd })).out,
      /^::warning file=a\.yaml,line=11,col=19,endLine=11,endColumn=28,title=kube-ipv6 network-policy-ipv4-any::/,
    );
    assert.match(
      (await here(["lint", "--format", "junit", "a.yaml"], { cwd })).out,
      /<testcase name="a\.yaml" classname="kube-ipv6\.lint">\n {6}<failure message="1 findings"/,
    );
  });

  test("what comes through a pipe by name is read to its end", async (t) => {
    const cwd = folder(t, { "many.yaml": `${"# fill\n".repeat(40_000)}---\n${service}` });
    const { stdout } = spawnSync(
      "bash",
      ["-c", '"$0" "$1" lint --format json <(cat many.yaml)', process.execPath, main],
      {
        cwd,
        encoding: "utf8",
      },
    );
    assert.equal(JSON.parse(stdout)[0]?.rule, "service-ip-family-policy");
  });

  test("a file of more than 20 MB is left out, and that is said", async (t) => {
    const cwd = folder(t, { "large.yaml": `${service}${"# fill\n".repeat(3_000_000)}`, "b.yaml": service });
    const { code, out, err } = await here(["lint", "."], { cwd });
    assert.match(err, /large\.yaml was not looked at: a manifest of more than 20 MB/);
    assert.match(out, /b\.yaml/);
    assert.equal(code, 3);
  });
});

describe("kube-ipv6 policy", () => {
  test("decides each family, names the rule, and exits with 1 if anything is denied", async (t) => {
    const cwd = folder(t, { "a.yaml": `${policy}---\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n` });
    const { code, out } = await here(["policy", "--from", "default/app=client", "--to", "web", "--port", "80", "."], {
      cwd,
    });
    assert.equal(code, 1);
    assert.match(out, /^IPv4 TCP 80 .*: allowed$/m);
    assert.match(out, /^IPv6 TCP 80 .*: denied$/m);
    assert.match(out, /spec\.ingress\[0\]\.from\[0\]\.ipBlock\.cidr/);
    assert.equal((await here(["policy", "--from", "2001:db8::1", "--to", "nobody", "."], { cwd })).code, 2);
  });
});

describe("kube-ipv6 plan", () => {
  test("holds the ranges of manifests and of programs' own files, and exits with 1 if any overlap", async (t) => {
    const kubeadm =
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSubnet: fd00:244::/56, serviceSubnet: fd00:96::/112}\n";
    const conf = (network: string) => `{"EnableIPv6": true, "EnableIPv4": false, "IPv6Network": "${network}"}\n`;
    const cwd = folder(t, { "kubeadm.yaml": kubeadm, "net-conf.json": conf("fd00:244::/56") });
    const agreed = await here(["plan", "."], { cwd });
    assert.equal(agreed.code, 0);
    assert.match(agreed.out, /fd00:244::\/56.*net-conf\.json/);
    writeFileSync(join(cwd, "net-conf.json"), conf("fd00:96::/104"));
    const { code, out } = await here(["plan", "--format", "json", "."], { cwd });
    assert.equal(code, 1);
    assert.match(JSON.stringify(JSON.parse(out).overlaps), /fd00:96::\/112/);
  });
});
