import type { Line, Section } from "./output.ts";

/** `$ ip -6 addr`, `root@n1:~# ip -6 addr`, `[root@n1 ~]# ...`, `/ # ...`; a # alone is a comment unless a program we read stands behind it. */
const prompt =
  /^(?:\[?[\w.-]+@[\w.-]+[^#$%>]{0,80}\]?[#$%]|\$|\/[\w./-]{0,40} [#$]|#(?= (?:ip|sysctl|ip6?tables|nft|ss|netstat|cat|tracepath6?|ping6?|kubectl|curl|wget)\b)) (\S.*)$/;

/** Parts a pasted text where a prompt says that another command begins. */
export function sectionsOf(text: string): Section[] {
  const sections: { command: string | undefined; lines: Line[] }[] = [{ command: undefined, lines: [] }];
  text.split(/\r?\n/).forEach((line, index) => {
    const command = prompt.exec(line)?.[1];
    if (command !== undefined) sections.push({ command, lines: [] });
    else if (line.trim() !== "") sections.at(-1)?.lines.push({ text: line, number: index + 1 });
  });
  return sections.filter(({ lines }) => lines.length > 0);
}
