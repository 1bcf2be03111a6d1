// What the bundles hold of others: their licences, which ask to be passed on, and a bill of materials.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Writes both into dist/. `metafiles`: what esbuild says of each bundle, by its path. Throws if a package comes without a licence text. */
export function writeThirdParty(metafiles) {
  const packages = packagesIn(metafiles);
  writeFileSync(path.join(ROOT, "dist/THIRD-PARTY-NOTICES.txt"), notices(packages));
  writeFileSync(path.join(ROOT, "dist/sbom.cdx.json"), `${JSON.stringify(bill(packages), undefined, 2)}\n`);
}

/** Every package that something in a bundle comes from, by its folder, and the bundles. */
export function packagesIn(metafiles) {
  const bundles = new Map();
  for (const [bundle, { inputs }] of metafiles)
    for (const input of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (folder) bundles.set(folder, new Set([...(bundles.get(folder) ?? []), bundle]));
    }
  return [...bundles]
    .map(([folder, all]) => ({ ...described(folder), bundles: [...all].sort() }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8"));
  const texts = readdirSync(path.join(ROOT, folder))
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(ROOT, folder, file), "utf8").trim());
  if (texts.length === 0) throw new Error(`${folder} comes without the text of its licence (${license})`);
  return { folder, name, version, license, texts };
}

function notices(packages) {
  const parts = packages.map(
    ({ name, version, license, texts }) =>
      `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n\n${texts.join("\n\n")}\n`,
  );
  return `kube-ipv6 holds code of these packages, each under the licence below.\n\n${parts.join("\n")}`;
}

/** https://cyclonedx.org/docs/1.6/json/ */
function bill(packages) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  const { packages: locked } = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8"));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": purl(name, version), ...component(name, version, license) },
    },
    components: packages.map((each) => ({
      type: "library",
      "bom-ref": purl(each.name, each.version),
      ...component(each.name, each.version, each.license),
      hashes: hashes(locked[each.folder]?.integrity),
      properties: each.bundles.map((bundle) => ({ name: "kube-ipv6:bundle", value: bundle })),
    })),
  };
}

function component(name, version, license) {
  const [scope, base] = name.startsWith("@") ? name.split("/") : [undefined, name];
  return {
    ...(scope ? { group: scope } : {}),
    name: base,
    version,
    licenses: [{ license: { id: license } }],
    purl: purl(name, version),
  };
}

/** https://github.com/package-url/purl-spec */
function purl(name, version) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** Of the package as the registry has it. */
function hashes(integrity) {
  const [alg, content] = integrity?.split("-") ?? [];
  return alg === "sha512" ? [{ alg: "SHA-512", content: Buffer.from(content, "base64").toString("hex") }] : [];
}
