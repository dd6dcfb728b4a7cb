// What a kind of document is: its schema, and what a schema cannot say.
import type { z } from "zod";
import type { Finding } from "../documents/checking/validateJson.ts";

export interface DocumentKind<S extends z.ZodObject = z.ZodObject> {
  /** The form, with titles and units. */
  readonly schema: S;
  /** What people call such a document, with its article. */
  readonly called: string;
  /** The list that makes it long, where there is one: its items are held against the schema one by one. */
  readonly list?: string;
  /** What is wrong with a document that the schema allows, one by one, so that a reader can stop early. */
  findings?(document: z.output<S>): Iterable<Finding>;
}

/** A kind of document; its own type is kept. */
export const documentKind = <S extends z.ZodObject>(kind: DocumentKind<S>): DocumentKind<S> => kind;
