import { type CaptureReading, isOdd } from "../packets/reading/reading.ts";
import type { CaptureSection, PacketsSay } from "../packets/reading/tale.ts";
import { type Markdown, markdown, paragraphs } from "../text/markdown.ts";
import { printableIn } from "../text/printable.ts";

/** What a capture says, for a terminal. */
export function packetsToText(reading: CaptureReading): string {
  const { sections } = printableIn(reading);
  return `${[aboutLines(reading), ...sections.map(sectionLines)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The same as Markdown, with the source of what each kind of packet means. */
export function packetsToMarkdown(reading: CaptureReading, title: string): string {
  const { sections } = printableIn(reading);
  return `${
    paragraphs([
      markdown`# ${title}`,
      ...aboutLines(reading),
      ...sections.flatMap((section) => [
        markdown`## ${section.about} ([source](${section.source}))`,
        list(section.told.map((told) => markdown`${mark(told)} **${told.family}** ${told.says} ${numbers(told)}`)),
        ...moreLines(section),
      ]),
    ]).text
  }\n`;
}

function list(items: readonly Markdown[]): Markdown {
  const [first, ...others] = items;
  const begun = markdown`- ${first ?? ""}`;
  return others.reduce(
    (all, item) => markdown`${all}
- ${item}`,
    begun,
  );
}

/** What was captured where, and what is not known of it; the words of others in it are printable. */
function aboutLines(reading: CaptureReading): string[] {
  const { file, point, filter, dropped, lasted, families, unread, cut } = printableIn(reading);
  const where = point === undefined ? "" : `Captured at ${point}: `;
  const time = lasted === undefined ? "" : ` in ${lasted.toFixed(1)} s`;
  const lines = [
    `${where}${many(file.packets, "packet")}${time}, IPv6 ${families.IPv6}, IPv4 ${families.IPv4}${unread > 0 ? `, not read ${unread}` : ""}.`,
    filter === undefined
      ? "The file does not say whether a filter left something out."
      : `Filter: ${filter === "" ? "none" : filter}. What it left out is not in here.`,
    ...(cut > 0 && file.snaplen ? [`Of a packet at most ${file.snaplen} bytes were kept; ${cut} had more.`] : []),
    dropped === undefined
      ? "The file does not say whether packets were lost while it was made."
      : dropped > 0
        ? `${many(dropped, "packet")} ${dropped === 1 ? "was" : "were"} lost while it was made: what is missing below may be among them.`
        : "No packet was lost while it was made.",
    ...(file.problem ? [`Of the file only a part was read: ${file.problem}.`] : []),
  ];
  if (reading.sections.length === 0) return [...lines, "Nothing in it is of a kind that is read here."];
  return isOdd(reading) ? lines : [...lines, "Nothing odd stands in what was read."];
}

function sectionLines(section: CaptureSection): string[] {
  return [
    `${section.about}`,
    ...section.told.map((told) => `  ${mark(told)} ${told.family}  ${told.says}  ${numbers(told)}`),
    ...moreLines(section).map((line) => `    ${line}`),
  ];
}

function moreLines({ more }: CaptureSection): string[] {
  return more > 0 ? [`and ${more} more`] : [];
}

function mark({ odd }: PacketsSay): string {
  return odd ? "!" : " ";
}

function numbers({ packets }: PacketsSay): string {
  return packets.length === 0 ? "" : `[${packets.length === 1 ? "packet" : "packets"} ${packets.join(", ")}]`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
