import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { migrationOf } from "#core/migration/migration.ts";
import { parityOf } from "#core/parity/parity.ts";
import { rangesOf } from "#core/ranges/ranges.ts";
import { assess } from "#core/readiness/readiness.ts";
import { migrationToHtml } from "#core/report/page/migration.ts";
import { parityToHtml } from "#core/report/page/parity.ts";
import { rangesToHtml } from "#core/report/page/ranges.ts";
import { readinessToHtml } from "#core/report/page/readiness.ts";
import { parityFindings } from "#core/report/parity.ts";
import { objects } from "../policy/support.ts";

const media = (name: string) => readFileSync(path.join(import.meta.dirname, "../../media", name), "utf8");
export const hash = (text: string) => createHash("sha256").update(text).digest("base64");
/** What a page in a file of its own wears and runs. */
export const parts = { style: `${media("report-alone.css")}${media("report.css")}`, script: media("report.js"), hash };

/** A namespace in which something is to be said on every page, by names that are markup. */
export const shop = objects(`
apiVersion: v1
kind: Node
metadata: {name: "n<b>1"}
spec: {podCIDRs: [10.244.1.0/30, "fd00:10:244:1::/64"]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {nodeName: "n<b>1", containers: [{name: app, image: web, env: [{name: "A<b>", value: "http://10.2.3.4/"}]}]}
status: {phase: Running, podIP: 10.244.1.2, podIPs: [{ip: 10.244.1.2}, {ip: "fd00:10:244:1::2"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: ClusterIP, clusterIP: 10.96.0.9, ipFamilyPolicy: SingleStack, ipFamilies: [IPv4], selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}
`);
const parity = parityOf(shop);
const findings = parityFindings(parity, [], () => ({ file: "a<b>.yaml", line: 4 }));
/** Each page that is made without a cluster of its own. */
export const pages = {
  readiness: readinessToHtml({ workloads: assess({ objects: shop, differences: [] }), unread: [] }, "lab", parts),
  parity: parityToHtml(parity, findings, ["Secrets <b>"], parts),
  ranges: rangesToHtml(rangesOf(shop), "lab", [], () => "planned <b>", parts),
  migration: migrationToHtml(
    migrationOf({ objects: shop, differences: parity.differences, workloads: [] }, "dual"),
    "lab",
    [],
    parts,
  ),
};
