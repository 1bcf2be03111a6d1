import type { Family } from "../addresses/address.ts";
import type { causes } from "../causes/index.ts";

export type CauseId = keyof typeof causes;

/** Lines that one command printed, as somebody pasted them. */
export interface Section {
  /** As it was typed behind a prompt; undefined where the text begins without one. */
  readonly command: string | undefined;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly text: string;
  /** From 1, in the whole text. */
  readonly number: number;
}

/** One thing that a line says, and where it points. Nobody dialled: it never says what the cause is. */
export interface Sign {
  readonly line: number;
  readonly family: Family;
  readonly says: string;
  /** Causes that would show this; none for what is only worth knowing. */
  readonly pointsTo: readonly CauseId[];
}

/** What a format made of a section. */
export interface Heard {
  /** Numbers of the lines it understood. */
  readonly understood: readonly number[];
  readonly signs: readonly Sign[];
}

/** What one program prints. A reader never throws, and says nothing of a line it does not understand. */
export interface Format {
  /** As a person knows it: `ip -6 addr`. */
  readonly title: string;
  /** Where its form is described. */
  readonly source: string;
  hear(section: Section): Heard;
}
