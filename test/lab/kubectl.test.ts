import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "./lab.ts";
import { type Finished, run } from "./run.ts";
import { labSkip, labTest } from "./support.ts";

const found = await newestKubectl();
const reason = found ? undefined : "no kubectl of version 1.30 or newer on this machine";
if (reason) console.error(`SKIPPED: kubectl tests: ${reason}`);
const skip = (await labSkip()) || reason || false;

labTest(`real kubectl ${found?.version ?? ""} lists, watches, executes and writes`, { nodes: 2 }, skip, async (lab) => {
  const kubectl = async (argv: string[], input?: string): Promise<Finished> =>
    run([found?.path ?? "", "--kubeconfig", lab.kubeconfig, ...argv], {
      ...(input === undefined ? {} : { input }),
      env: { ...process.env, HOME: lab.plan.directory },
    });
  const ok = async (argv: string[], input?: string) => {
    const done = await kubectl(argv, input);
    assert.equal(done.code, 0, `kubectl ${argv.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  assert.match(await ok(["get", "nodes", "-o", "wide"]), /^n1 +Ready +control-plane +\S+ +v1\.36\.0 +172\.18\.1\.1 /m);
  assert.match(await ok(["get", "pods", "-A"]), /^kube-system +kube-flannel-ds-\w{5} +1\/1 +Running/m);
  assert.deepEqual(JSON.parse(await ok(["get", "svc", "web", "-o", "json"])).spec.clusterIPs, [
    "10.96.0.80",
    "fd00:10:96::80",
  ]);
  assert.equal((await kubectl(["exec", "n1-p1", "--", "sh", "-c", "exit 3"])).code, 3);
  assert.equal(await ok(["exec", "-i", "n1-p1", "--", "cat"], "piped"), "piped");
  assert.match((await kubectl(["exec", "n2-p2", "--", "sh"])).stderr, /executable file not found/);
  assert.equal(
    await ok([
      "-n",
      "kube-system",
      "exec",
      "ds/kube-flannel-ds",
      "--",
      "cat",
      "/proc/sys/net/ipv6/conf/all/forwarding",
    ]),
    "1\n",
  );
  assert.match(await ok(["logs", "n1-p1"]), /listening/);
  assert.equal(await ok(["auth", "can-i", "create", "pods/exec"]), "yes\n");
  assert.equal((await kubectl(["--context", `${lab.name}-limited`, "auth", "can-i", "list", "pods"])).stdout, "no\n");
  await writes(lab, ok);
});

async function writes(lab: Lab, ok: (argv: string[], input?: string) => Promise<string>): Promise<void> {
  const service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: six}\nspec: {ipFamilies: [IPv6], selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n";
  const watched = run([found?.path ?? "", "--kubeconfig", lab.kubeconfig, "get", "svc", "-w", "--request-timeout=3s"]);
  assert.match(await ok(["apply", "-f", "-"], service), /service\/six created/);
  assert.match(await ok(["apply", "-f", "-"], service.replace("port: 80,", "port: 81,")), /service\/six configured/);
  assert.match(await ok(["apply", "-f", "-"], service), /service\/six configured/);
  assert.match(await ok(["apply", "--server-side", "--force-conflicts", "-f", "-"], service), /serverside-applied/);
  await ok(["patch", "svc", "six", "--type=json", "-p", '[{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]']);
  await ok(["create", "configmap", "made", "--from-literal=a=b"]);
  assert.match(await ok(["get", "svc", "six", "--show-labels"]), /a=b/);
  assert.match(
    await ok(["get", "endpointslices", "-l", "kubernetes.io/service-name=six"]),
    /IPv6 +8080 +fd00:10:244:1::11,fd00:10:244:2::11/,
  );
  assert.match(await ok(["get", "ipaddresses"]), /^fd00:10:96::101 /m);
  assert.match(await ok(["delete", "svc/six"]), /deleted/);
  assert.match((await watched).stdout, /^six +ClusterIP +fd00:10:96::101 /m);
}

async function newestKubectl(): Promise<{ path: string; version: string } | undefined> {
  const places = ["/usr/local/bin", "/usr/bin", "/usr/lib/google-cloud-sdk/bin"].filter((place) => existsSync(place));
  const paths = places.flatMap((place) =>
    readdirSync(place)
      .filter((name) => /^kubectl(\.\d+\.\d+)?$/.test(name))
      .map((name) => join(place, name)),
  );
  const versions: { path: string; version: string; minor: number }[] = [];
  for (const path of paths) {
    const { stdout } = await run([path, "version", "--client", "-o", "json"]);
    const version = /"gitVersion": "v(1\.(\d+)[^"]*)"/.exec(stdout);
    if (version && Number(version[2]) >= 30)
      versions.push({ path, version: version[1] ?? "", minor: Number(version[2]) });
  }
  return versions.sort((a, b) => b.minor - a.minor)[0];
}
