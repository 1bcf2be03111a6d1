// The manifest by which kubectl krew installs a release: `node scripts/krew.mjs out/kube-ipv6-1.2.3.tgz > out/ipv6.yaml`. The archive is the
// npm package. https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";

const { version, homepage, repository, engines } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../package.json"), "utf8"),
);

const archive = process.argv[2];
if (!archive) throw new Error("which archive? Give the .tgz that npm pack made");
const releases = repository.url.replace(/^git\+|\.git$/g, "");

const manifest = {
  apiVersion: "krew.googlecontainertools.github.com/v1alpha2",
  kind: "Plugin",
  metadata: { name: "ipv6" },
  spec: {
    version: `v${version}`,
    homepage: homepage.replace(/#.*$/, ""),
    shortDescription: "Find and explain IPv6 and dual-stack mistakes",
    description: `Finds IPv6 and dual-stack mistakes in manifests, asks a cluster what works over IPv4 and over IPv6, and names the root cause
of what does not, with the evidence and the kubectl command behind every observation.
`,
    caveats: `Needs Node.js ${engines.node.replace(">=", "")} or newer. Without a cluster: kubectl ipv6 diagnose --demo
`,
    platforms: [
      {
        selector: { matchExpressions: [{ key: "os", operator: "In", values: ["linux", "darwin"] }] },
        uri: `${releases}/releases/download/v${version}/${path.basename(archive)}`,
        sha256: createHash("sha256").update(readFileSync(archive)).digest("hex"),
        files: [
          { from: "package/dist/*", to: "dist" },
          { from: "package/demo/*", to: "demo" },
          { from: "package/docs/rules/*", to: "docs/rules" },
          { from: "package/docs/causes/*", to: "docs/causes" },
          { from: "package/LICENSE", to: "." },
        ],
        bin: "dist/cli.cjs",
      },
    ],
  },
};
process.stdout.write(stringify(manifest));
