import { exportable, twins } from "#core/admission/policies.ts";

const begin = /(<!-- twins: [^>]*-->\n)[\s\S]*?(<!-- \/twins -->)/;

/** The page on admission policies with the table of the rules that there are policies for. */
export function withTwins(page: string): string {
  const built = exportable("validatingadmissionpolicy");
  const rows = twins.map((twin) => {
    const kinds = [...new Set(twin.targets.map(({ kind }) => kind))].join(", ");
    return `| [${twin.rule}](rules/${twin.rule}.md) | ${kinds} | ${built.includes(twin) ? "yes" : "the API server refuses it"} | yes |`;
  });
  const head = "| rule | kinds | ValidatingAdmissionPolicy | Kyverno |\n|---|---|---|---|";
  return page.replace(begin, (_, open: string, close: string) => `${open}\n${[head, ...rows].join("\n")}\n\n${close}`);
}
