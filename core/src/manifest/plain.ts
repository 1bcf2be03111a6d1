import { BlockLines, deepestBlock, unusual } from "./block-lines.ts";
import { type MapNode, type Node, ScalarNode, type SeqNode } from "./node.ts";
import { beginsBlock, beginsFlow, blanks, blockScalar, isDash, isEnd, key, lineEnd, value } from "./plain-values.ts";

/**
 * Reads what nearly all manifests are written in: blocks of keys and dashes with scalars on one line, block scalars, and flow
 * lists of words. Gives the tree that the parser of all YAML would give, or undefined for that one to have a look: at anchors, tags,
 * escapes, scalars of several lines, and at whatever is wrong.
 */
export function parsePlain(text: string): Node | undefined {
  return unusual.test(text) ? undefined : new Blocks(text).root();
}

class Blocks extends BlockLines {
  /** Where the last scalar ended. */
  #last = 0;

  root(): Node | undefined {
    if (!this.begin()) return undefined;
    const node = this.column < 0 ? undefined : this.#block();
    return this.column < 0 ? node : undefined;
  }

  #block(): Node | undefined {
    if (++this.depth > deepestBlock) return undefined;
    const node = isDash(this.text, this.at) ? this.#seq(this.column) : this.#map(this.column);
    this.depth--;
    return node;
  }

  #map(column: number): MapNode | undefined {
    const map: MapNode = { kind: "map", start: this.at, end: this.at, flow: false, pairs: [] };
    while (this.column === column) {
      const found = key(this.text, this.at);
      const under = found && this.#under(found.end + 1, column);
      if (!under) return undefined;
      map.pairs.push({ key: found, value: under });
    }
    if (this.column > column) return undefined;
    map.end = this.#last;
    return map;
  }

  /** The value of a key that stands at `column`, from behind its colon. */
  #under(colonEnd: number, column: number): Node | undefined {
    const at = blanks(this.text, colonEnd);
    if (!isEnd(this.text, at)) return this.#inline(at, column);
    this.nextLine(lineEnd(this.text, at) + 1);
    if (this.column > column) return beginsFlow(this.text, this.at) ? this.#inline(this.at, column) : this.#block();
    if (this.column === column && isDash(this.text, this.at)) return this.#seq(column);
    this.#last = colonEnd;
    return new ScalarNode(colonEnd, colonEnd, "plain", "");
  }

  #seq(column: number): SeqNode | undefined {
    const seq: SeqNode = { kind: "seq", start: this.at, end: this.at, flow: false, items: [] };
    while (this.column === column && isDash(this.text, this.at)) {
      const at = blanks(this.text, this.at + 1);
      if (isEnd(this.text, at)) return undefined;
      const item =
        isDash(this.text, at) || key(this.text, at)
          ? this.#nested(at, column + at - this.at)
          : this.#inline(at, column);
      if (!item) return undefined;
      seq.items.push(item);
    }
    if (this.column > column) return undefined;
    seq.end = this.#last;
    return seq;
  }

  /** What begins behind a dash is a block that stands at its own column. */
  #nested(at: number, column: number): Node | undefined {
    this.at = at;
    this.column = column;
    return this.#block();
  }

  /** A value that begins on the line of its key or dash, which stands at `column`, and on to the next line. */
  #inline(at: number, column: number): Node | undefined {
    const inBlock = beginsBlock(this.text, at);
    const node = inBlock ? blockScalar(this.text, at, column) : value(this.text, at);
    if (!node) return undefined;
    this.#last = node.end;
    if (inBlock) this.nextLine(node.end);
    else {
      const behind = blanks(this.text, node.end);
      if (!isEnd(this.text, behind)) return undefined;
      this.nextLine(lineEnd(this.text, behind) + 1);
    }
    // The scalar would go on there.
    return this.column > column ? undefined : node;
  }
}
