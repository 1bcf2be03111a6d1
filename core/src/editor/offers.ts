import { dualStackOffer } from "../kinds/dual-stack-offer.ts";
import type { Document } from "../manifest/document.ts";
import type { Edit } from "../manifest/edit.ts";
import { TemplateBlocks } from "../manifest/template-blocks.ts";

/** Something that can be done where nothing is wrong. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What is offered for a range of a document: to whoever stands on the `kind` of a Service that has one family, both. */
export function offersAt({ text, problems, resources }: Document, start: number, end: number): readonly Offer[] {
  if (problems.length > 0) return [];
  const blocks = new TemplateBlocks(text);
  return resources.flatMap((resource) => {
    const kind = resource.get("kind");
    if (!kind || kind.key.start > end || kind.end < start) return [];
    const offer = dualStackOffer(resource);
    const edits = offer?.edits.filter((edit) => edit !== undefined) ?? [];
    return offer && edits.length > 0 && blocks.leaves(edits, kind) ? [{ title: offer.title, edits }] : [];
  });
}
