/**
 * A text as it may go into the log of a CI job: the systems that run jobs obey what looks like a command of theirs in any line
 * a program prints, and may then hide what follows, forge findings or set variables. One character of each is written out.
 *
 * GitHub: `::add-mask::x` at the start of a line, white space before it or not, and the older `##[error]x` anywhere in it,
 * {@link https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs}; Azure: `##vso[task.x]` and
 * `##[error]`; TeamCity: `##teamcity[x]`. GitLab's need a control character.
 */
export function withoutLogCommands(text: string): string {
  return text.replace(github, "$1\\x3a:").replace(elsewhere, "#\\x23");
}

// No command is spelled with hexadecimal digits alone, so an address that begins a line stays as it is.
const github = /^([^\S\n\r\u2028\u2029]*)::(?=[a-f]*[g-z-])/gim;
const elsewhere = /##(?=[a-z]*\[)/gi;
