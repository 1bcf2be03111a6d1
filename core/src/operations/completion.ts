import { shells } from "./completion/scripts.ts";
import { operation } from "./operation.ts";

export const completion = operation({
  name: "completion",
  summary: "what a shell is to run so that it completes commands, options and values",
  usage: "bash|zsh|fish|powershell",
  operands: { name: "shell", says: "the shell", words: shells },
  says: `Prints a script for a shell. For bash: source <(kube-ipv6 completion bash). For zsh: kube-ipv6 completion zsh, into a file _kube-ipv6
of a folder of $fpath. For fish: kube-ipv6 completion fish | source. For PowerShell: kube-ipv6 completion powershell | Out-String |
Invoke-Expression. kubectl ipv6 is completed by kubectl itself, since kubectl_complete-ipv6 is installed beside it.`,
  inputs: {},
  exits: { 0: "it was printed", 2: "wrong usage" },
  writes: "nothing",
});
