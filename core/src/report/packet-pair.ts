import type { PairReading, PairSays } from "../packets/pair/pair-reading.ts";
import { type Markdown, markdown, paragraphs } from "../text/markdown.ts";
import { printableIn } from "../text/printable.ts";

/** How far packets came from one node to the other, for a terminal. */
export function pairToText(reading: PairReading): string {
  const { told } = printableIn(reading);
  return `${[...aboutLines(reading), ...told.map((one) => `  ${one.odd ? "!" : " "} ${one.family}  ${one.says}  ${numbers(one)}`)].join("\n")}\n`;
}

/** The same as Markdown. */
export function pairToMarkdown(reading: PairReading, title: string): string {
  const { told } = printableIn(reading);
  const items = told.map((one) => markdown`${one.odd ? "!" : " "} **${one.family}** ${one.says} ${numbers(one)}`);
  const list = items.slice(1).reduce(
    (all, item) => markdown`${all}
- ${item}`,
    markdown`- ${items[0] ?? ""}`,
  );
  const lines: (Markdown | string)[] = [
    markdown`# ${title}`,
    ...aboutLines(reading),
    ...(items.length > 0 ? [list] : []),
  ];
  return `${paragraphs(lines).text}\n`;
}

/** Whether something in it is to be looked at. */
export function isPairOdd({ told }: PairReading): boolean {
  return told.some(({ odd }) => odd);
}

function aboutLines(reading: PairReading): string[] {
  const { ends, told } = printableIn(reading);
  const [one, other] = ends;
  return [
    `Between ${one?.whose} on node ${one?.node} and ${other?.whose} on node ${other?.node}, by what stands in the packets:`,
    ...ends.map(({ node, packets, dropped }) => {
      const lost =
        dropped === undefined ? "nobody says whether some were lost" : dropped === 0 ? "none lost" : `${dropped} lost`;
      return `Node ${node}: ${packets} packet${packets === 1 ? "" : "s"}, ${lost}.`;
    }),
    "The clocks of the nodes are not compared; packets that came as a capture began or ended are not counted.",
    ...(told.length === 0 ? ["No packet between the two was seen while both captured."] : []),
  ];
}

function numbers({ packets, node }: PairSays): string {
  return packets.length === 0 ? "" : `[${node}: ${packets.length === 1 ? "packet" : "packets"} ${packets.join(", ")}]`;
}
