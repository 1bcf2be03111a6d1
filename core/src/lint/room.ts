import type { Document } from "../manifest/document.ts";
import { saysNothing } from "./prefilter.ts";

/**
 * UTF-16 units of documents that rules look at, held at once. What is parsed of them takes up to sixty bytes for each. Of 90 public
 * repositories none holds more than 1.3 million, and no folder more than 160,000.
 */
export const mostHeld = 16_000_000;

/** How many of them a file's documents are. */
export function heldBy(documents: readonly Document[]): number {
  return documents.reduce((sum, document) => sum + (saysNothing(document) ? 0 : document.text.length), 0);
}
