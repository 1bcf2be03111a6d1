import assert from "node:assert/strict";
import { callApi, rawCall } from "./client.ts";
import { exec } from "./exec-client.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { labSkip, labTest } from "./support.ts";

const skip = await labSkip();
const pods = "/api/v1/namespaces/default/pods";
const services = "/api/v1/namespaces/default/services";

labTest("the API answers as a real one does", { nodes: 2 }, skip, async (lab) => {
  await pages(lab);
  await refuses(lab);
  await allocatesServices(lab);
  await watches(lab);
  await executes(lab);
  await misbehaves(lab);
  await losesPods(lab);
});

async function pages(lab: Lab): Promise<void> {
  const first = await lab.api("GET", `${pods}?limit=3`);
  assert.deepEqual(
    first.items.map((pod: Any) => pod.metadata.name),
    ["n1-p1", "n1-p2", "n2-p1"],
  );
  assert.equal(first.metadata.remainingItemCount, 1);
  const rest = await lab.api("GET", `${pods}?limit=3&continue=${first.metadata.continue}`);
  assert.deepEqual(
    rest.items.map((pod: Any) => pod.metadata.name),
    ["n2-p2"],
  );
  assert.equal(rest.metadata.continue, undefined);
  const chosen = await lab.api("GET", `/api/v1/pods?fieldSelector=spec.nodeName%3Dn2&labelSelector=app%20in%20(web)`);
  assert.deepEqual(
    chosen.items.map((pod: Any) => pod.metadata.name),
    ["n2-p1"],
  );
}

async function refuses(lab: Lab): Promise<void> {
  const refusal = async (path: string, context?: string) => {
    const { status, text } = await rawCall(
      lab.kubeconfig,
      "GET",
      path,
      undefined,
      undefined,
      context && `${lab.name}-${context}`,
    );
    return [status, text.startsWith("{") ? JSON.parse(text).message : text];
  };
  assert.deepEqual(await refusal(`${pods}/nosuch`), [404, 'pods "nosuch" not found']);
  assert.deepEqual(await refusal("/apis/no.such/v1/things"), [404, "404 page not found\n"]);
  assert.deepEqual(await refusal("/api/v1/nosuchresource"), [404, "the server could not find the requested resource"]);
  assert.deepEqual(await refusal("/api/v1/pods?fieldSelector=spec.nosuch%3Dx"), [
    400,
    "field label not supported: spec.nosuch",
  ]);
  assert.deepEqual(await refusal("/api/v1/nodes", "limited"), [
    403,
    'nodes is forbidden: User "system:serviceaccount:default:limited" cannot list resource "nodes" in API group "" at the cluster scope',
  ]);
  const review = (context: string, resource: string, subresource?: string) =>
    callApi(
      lab.kubeconfig,
      "POST",
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { namespace: "default", verb: "create", resource, subresource } },
      },
      undefined,
      `${lab.name}-${context}`,
    );
  assert.equal((await review("namespaced", "pods", "exec")).status.allowed, true);
  assert.equal((await review("viewer", "pods", "exec")).status.allowed, false);
  await lab.control({ rules: { namespaced: [] } });
  assert.equal((await review("namespaced", "pods", "exec")).status.allowed, false);
}

async function allocatesServices(lab: Lab): Promise<void> {
  const make = (spec: object) =>
    rawCall(lab.kubeconfig, "POST", `${services}?dryRun=All`, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "dry" },
      spec: { ports: [{ port: 80 }], ...spec },
    });
  const message = async (spec: object) => {
    const { status, text } = await make(spec);
    return status === 201 ? JSON.parse(text).spec.ipFamilies : JSON.parse(text).message;
  };
  assert.deepEqual(await message({}), ["IPv4"]);
  assert.deepEqual(await message({ ipFamilyPolicy: "PreferDualStack" }), ["IPv4", "IPv6"]);
  assert.equal(
    await message({ ipFamilies: ["IPv4", "IPv6"] }),
    "Service \"dry\" is invalid: spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
  );
  assert.equal(
    await message({ clusterIP: "fd00:10:97::1" }),
    'Service "dry" is invalid: spec.clusterIPs: Invalid value: ["fd00:10:97::1"]: failed to allocate IP fd00:10:97::1: the provided IP (fd00:10:97::1) is not in the valid range. The range of valid IPs is fd00:10:96::/112',
  );
  const typo = await rawCall(lab.kubeconfig, "POST", `${services}?dryRun=All&fieldValidation=Strict`, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "dry" },
    spec: { ipFamilyPolcy: "SingleStack" },
  });
  assert.match(typo.text, /strict decoding error: unknown field .*spec\.ipFamilyPolcy/);
  const swap = await rawCall(
    lab.kubeconfig,
    "PATCH",
    `${services}/web?dryRun=All`,
    { spec: { ipFamilies: ["IPv6", "IPv4"] } },
    "application/merge-patch+json",
  );
  assert.match(swap.text, /expected an IPv6 value as indicated by `ipFamilies\[0\]`/);
  assert.equal(
    (
      await lab.api(
        "PATCH",
        `${services}/web?dryRun=All`,
        { spec: { ipFamilyPolicy: "SingleStack" } },
        "application/merge-patch+json",
      )
    ).spec.clusterIPs.length,
    1,
  );
  assert.equal((await lab.api("GET", `${services}/web`)).spec.clusterIPs.length, 2, "a dry run changes nothing");
}

async function watches(lab: Lab): Promise<void> {
  const maps = "/api/v1/namespaces/default/configmaps";
  const { metadata } = await lab.api("GET", maps);
  const watching = rawCall(
    lab.kubeconfig,
    "GET",
    `${maps}?watch=1&resourceVersion=${metadata.resourceVersion}&allowWatchBookmarks=true&timeoutSeconds=1&labelSelector=on`,
  );
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "watched", labels: { on: "" } } };
  await lab.api("POST", maps, map);
  await lab.api("PATCH", `${maps}/watched`, { metadata: { labels: { on: null } } }, "application/merge-patch+json");
  const lines = (await watching).text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ type }) => type).filter((type) => type !== "BOOKMARK"),
    ["ADDED", "DELETED"],
  );
  const initial = await rawCall(
    lab.kubeconfig,
    "GET",
    `${maps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1`,
  );
  assert.match(initial.text, /"ADDED".*\n.*"BOOKMARK".*"k8s.io\/initial-events-end":"true"/);
  await lab.control({ expire: true });
  const expired = await rawCall(
    lab.kubeconfig,
    "GET",
    `${maps}?watch=1&resourceVersion=${metadata.resourceVersion}&timeoutSeconds=1`,
  );
  const [event] = expired.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    [expired.status, event.type, event.object.code, event.object.reason],
    [200, "ERROR", 410, "Expired"],
  );
}

async function executes(lab: Lab): Promise<void> {
  const out = await exec(lab, "n1-p1", ["sh", "-c", "cat /etc/resolv.conf; echo err >&2; exit 3"]);
  assert.match(out.stdout, /^nameserver fd00:10:96::a$/m);
  assert.equal(out.stderr, "err\n");
  assert.deepEqual(out.status.details.causes, [{ reason: "ExitCode", message: "3" }]);
  assert.deepEqual((await exec(lab, "n1-p1", ["true"])).status, { metadata: {}, status: "Success" });
  const none = await exec(lab, "n2-p2", ["sh"]);
  assert.equal(none.status.reason, "InternalError");
  assert.match(none.status.message, /exec: "sh": executable file not found in \$PATH$/);
  assert.equal((await exec(lab, "n1-p1", ["cat"], "hello")).stdout, "hello");
  assert.match(
    (await exec(lab, "n1-p1", ["true"], undefined, "execget")).refused ?? "",
    /pods "n1-p1" is forbidden: $/,
  );
  assert.match(
    (await exec(lab, "n1-p1", ["true"], undefined, "execcreate")).refused ?? "",
    /cannot get resource "pods\/exec"/,
  );
  const links = (await exec(lab, "n1-p1", ["ls", "/sys/class/net"])).stdout.trim().split("\n");
  assert.deepEqual(links, ["eth0", "lo"]);
}

async function misbehaves(lab: Lab): Promise<void> {
  await lab.control({ delay: 300, only: "/version" });
  const started = performance.now();
  await lab.api("GET", "/version");
  assert.ok(performance.now() - started >= 300, "a slow server");
  await lab.control({ delay: 0, cut: true, only: "" });
  await assert.rejects(lab.api("GET", "/version"), /socket hang up|ECONNRESET/);
  await lab.control({ cut: false });
  assert.equal((await lab.api("GET", "/version")).minor, "36");
}

async function losesPods(lab: Lab): Promise<void> {
  const endless = ["sh", "-c", "echo on; sleep 60"];
  const cut = exec(lab, "n1-p1", endless, undefined, undefined, () => lab.control({ cutStreams: true }));
  await assert.rejects(cut, /closed with 1006/);
  const deleted = exec(lab, "n1-p1", endless, undefined, undefined, () => lab.api("DELETE", `${pods}/n1-p1`));
  assert.deepEqual((await deleted).status.details.causes, [{ reason: "ExitCode", message: "137" }]);
  assert.match((await exec(lab, "n1-p1", ["true"])).refused ?? "", /pods "n1-p1" not found/);
}
