import { EVENT_ID, type Event } from "js-yaml";
import { type MapNode, type Node, ScalarNode, type SeqNode, scalarOf } from "./node.ts";

/** The roots of a text, made of the events that js-yaml reads in it: each node with the offsets it was written at. */
export function treeOf(events: readonly Event[], source: string): readonly Node[] {
  const tree = new Tree();
  const anchors = new Map<string, Node>();
  let last = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        tree.open(undefined);
        break;
      case EVENT_ID.POP: {
        const closed = tree.close();
        if (!closed) break;
        closed.end = closed.flow ? flowEnd(source, last) : last;
        last = Math.max(last, closed.end);
        break;
      }
      case EVENT_ID.ALIAS: {
        const name = source.slice(event.anchorStart, event.anchorEnd);
        tree.add(anchors.get(name) ?? new ScalarNode(event.anchorStart - 1, event.anchorEnd, "plain", `*${name}`));
        last = event.anchorEnd;
        break;
      }
      default: {
        const node = nodeOf(event, source, last);
        if (event.anchorStart >= 0) anchors.set(source.slice(event.anchorStart, event.anchorEnd), node);
        tree.add(node);
        if (node.kind !== "scalar") tree.open(node);
        last = Math.max(last, node.end);
      }
    }
  }
  return tree.roots;
}

type Collection = MapNode | SeqNode;

/** The nodes as they come, each put into the collection that is open at the time. */
class Tree {
  readonly roots: Node[] = [];
  /** undefined for a document. */
  readonly #open: (Collection | undefined)[] = [];
  /** Beside each of these the key that waits for its value: a mapping's children come as key, value, key, value. */
  readonly #keys: (ScalarNode | undefined)[] = [];

  open(collection: Collection | undefined): void {
    this.#open.push(collection);
    this.#keys.push(undefined);
  }

  close(): Collection | undefined {
    this.#keys.pop();
    return this.#open.pop();
  }

  add(node: Node): void {
    const top = this.#open.length - 1;
    const into = this.#open[top];
    if (!into) this.roots.push(node);
    else if (into.kind === "seq") into.items.push(node);
    else {
      const key = this.#keys[top];
      if (key) into.pairs.push({ key, value: node });
      this.#keys[top] = key ? undefined : asKey(node);
    }
  }
}

/** A key that is a collection is kept as an empty scalar at its place. */
function asKey(node: Node): ScalarNode {
  return node.kind === "scalar" ? node : new ScalarNode(node.start, node.end, "plain", "");
}

function nodeOf(event: Extract<Event, { type: 2 | 3 | 4 }>, source: string, last: number): Node {
  if (event.type === EVENT_ID.SCALAR) {
    const unwritten = event.valueStart < 0;
    return scalarOf(event, source, unwritten ? vacancy(source, Math.max(last, event.anchorEnd, event.tagEnd)) : last);
  }
  const { start } = event;
  const flow = event.style === 2;
  if (event.type === EVENT_ID.SEQUENCE) return { kind: "seq", start, end: start, flow, items: [] };
  return { kind: "map", start, end: start, flow, pairs: [] };
}

/** Where a value would stand that is not written: behind the colon or the dash that follows. */
function vacancy(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === "#" && /\s/.test(source[at - 1] ?? "")) at = lineEnd(source, at) - 1;
    else if (char === ":" || char === "-") return at + 1;
    else if (!/\s/.test(char ?? "")) return from;
  }
  return from;
}

/** The end of a flow collection whose last child ends at `last`: behind its closing bracket. */
function flowEnd(source: string, last: number): number {
  for (let at = last; at < source.length; at++) {
    const char = source[at];
    if (char === "#") at = lineEnd(source, at);
    else if (char === "]" || char === "}") return at + 1;
  }
  return last;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}
