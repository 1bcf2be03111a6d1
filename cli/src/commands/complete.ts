import { complete } from "#core/operations/completion/complete.ts";
import { printable } from "#core/text/printable.ts";
import { pageNames } from "#files/pages.ts";
import type { CliCommand } from "../command.ts";
import { operations } from "../operations.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

/** For shells and kubectl: what may come next. Says nothing where it does not know, whatever is wrong. */
export const command: CliCommand = {
  usage: "",
  async run(words) {
    const kubeconfig = optionIn(words, "kubeconfig");
    const contexts = words.at(-2) === "--context" ? await contextsOf(kubeconfig) : [];
    const known = { contexts: () => contexts, pages: () => pageNames(shipped("")) };
    const { words: next, files } = complete(operations, words, known);
    terminal.printData(next.map(({ word, says }) => `${printable(word)}\t${printable(says)}\n`).join(""));
    terminal.printData(files ? ":0\n" : ":4\n");
    return 0;
  },
};

function optionIn(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : words[at + 1];
}

async function contextsOf(path: string | undefined): Promise<readonly string[]> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  return kubeconfig.ok ? kubeconfig.value.contexts.map(({ name }) => name) : [];
}
