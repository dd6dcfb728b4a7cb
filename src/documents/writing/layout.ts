// How files that Faultline writes are laid out.
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
} from "yaml";

/** Widest collection that stands on one line. */
const LINE = 88;

/** Short collections without comments stand on one line; sections do not. */
export function layOut(document: Document): void {
  visit(document, {
    Collection(key, node, ancestors) {
      const depth = ancestors.filter(isCollection).length;
      const isItem = isSeq(ancestors.at(-1));
      const isPhase = isItem && isMap(node) && node.items.length === 1;
      const isShort = JSON.stringify(node).length <= LINE && !hasComment(node);
      if (depth >= 2 && isShort && !isPhase && key !== null) node.flow = true;
    },
  });
}

function hasComment(node: Node): boolean {
  let found = false;
  visit(node, {
    Scalar(_, { comment, commentBefore }) {
      if (comment || commentBefore) found = true;
    },
    Collection(_, { comment, commentBefore }) {
      if (comment || commentBefore) found = true;
    },
    Pair(_, { key }: Pair) {
      if (isScalar(key) && key.commentBefore) found = true;
    },
  });
  return found;
}
