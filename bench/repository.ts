import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definition } from "./documents.ts";
import { bundle } from "./manifests.ts";

/**
 * A folder to remove afterwards, as thirteen public repositories are made up: a thousand files with fifteen hundred documents, of which six in a hundred are
 * CustomResourceDefinitions and hold three quarters of the bytes; of the others one in six says something of addresses.
 */
export function repository(): string {
  const top = mkdtempSync(join(tmpdir(), "kube-ipv6-bench-"));
  const documents = bundle(100_000, 0.85, 18)
    .split(/^---\n/m)
    .filter((text) => text !== "");
  for (let at = 0, file = 0; at < documents.length; file++) {
    const team = join(top, `team-${file % 97}`);
    const size = file % 10 === 0 ? 5 : 1;
    mkdirSync(team, { recursive: true });
    writeFileSync(join(team, `${file}.yaml`), documents.slice(at, at + size).join("---\n"));
    at += size;
  }
  mkdirSync(join(top, "crds"));
  for (let index = 0; index < 85; index++) writeFileSync(join(top, "crds", `${index}.yaml`), definition(index));
  return top;
}
