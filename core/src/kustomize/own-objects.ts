import { isPlainObject, LeftOut, schemaAtTop } from "../lint/left-out.ts";
import { saysNothing } from "../lint/prefilter.ts";
import { type Document, parseDocument } from "../manifest/document.ts";
import type { Resource } from "../manifest/resource.ts";

/** The objects that stand in a document themselves, not what is wrapped up in them. */
export function ownObjects(document: Document, every: boolean): readonly Resource[] {
  if (isPlainSchema(document) || (!every && isLeftOut(document))) return [];
  const known = own(document);
  if (known.length > 0 || !every || isSchema(document)) return known;
  let parsed = unread.get(document);
  if (!parsed) {
    parsed = document.text.trim() === "" ? [] : own(parseDocument(document.text));
    unread.set(document, parsed);
  }
  return parsed;
}

function own({ resources }: Pick<Document, "resources">): readonly Resource[] {
  return resources.filter((one) => !one.embedded && !one.isPart && !one.isComposed && one.holder === one);
}

/** A definition: nothing is to be said of it, whatever is written into it. */
export function isPlainSchema(document: Document): boolean {
  return isSchema(document) && isPlainDocument(document);
}

function isSchema(document: Document): boolean {
  return document instanceof LeftOut ? document.parts.isSchema : schemaAtTop.test(document.text);
}

function isPlainDocument(document: Document): boolean {
  return document instanceof LeftOut ? document.isPlain : isPlainObject(document.text);
}

/** Whether nothing is to be said of a document as it stands, nor of what is made of it. */
function isLeftOut(document: Document): boolean {
  const left = leftOut.get(document) ?? (saysNothing(document) && isPlainDocument(document));
  leftOut.set(document, left);
  return left;
}

const leftOut = new WeakMap<Document, boolean>();

/** What stands in documents that a workspace leaves unread. */
const unread = new WeakMap<Document, readonly Resource[]>();
