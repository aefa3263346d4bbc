import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT, read } from './catalogues.js';

/** A key as code writes it; where a part is only known at run time, a `*` stands for it. */
export interface Use {
  readonly key: string;
  /** `src/editor/post.ts` */
  readonly file: string;
}

interface Asker {
  /** The argument that holds the key. */
  readonly argument: number;
  readonly prefix: string;
  readonly suffixes?: readonly string[];
}

/** The functions of src/editor that look a text up in the shared catalogue. */
const SHARED: Readonly<Record<string, Asker>> = {
  text: { argument: 0, prefix: '' },
  say: { argument: 0, prefix: 'upNext.' },
  many: { argument: 0, prefix: 'upNext.', suffixes: ['.one', '.other'] },
  problem: { argument: 0, prefix: 'problem.' },
};

/** Those that ask a node's own. */
const OWN: Readonly<Record<string, Asker>> = {
  ownText: { argument: 1, prefix: '' },
  _: { argument: 0, prefix: '' },
};

export const editorFiles = readdirSync(join(ROOT, 'src/editor'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/editor/${file}`);

const sources = editorFiles.map((file) => ({
  file,
  tree: ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true),
}));

const within = (node: ts.Node): readonly ts.Node[] => [node, ...node.getChildren().flatMap(within)];

const all = sources.flatMap(({ file, tree }) => within(tree).map((node) => ({ file, node })));

/** The texts that an expression may be. */
const written = (expression: ts.Expression | undefined): readonly string[] => {
  if (expression === undefined) return [];
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) {
    return [...written(expression.whenTrue), ...written(expression.whenFalse)];
  }
  if (!ts.isTemplateExpression(expression)) return [];
  return [expression.head.text + expression.templateSpans.map(({ literal }) => `*${literal.text}`).join('')];
};

const nameOf = (callee: ts.Expression): string =>
  ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';

const usesOf = (askers: Readonly<Record<string, Asker>>): readonly Use[] =>
  all.flatMap(({ file, node }) => {
    if (!ts.isCallExpression(node)) return [];
    // `element.text(…)` of jQuery is none of ours.
    if (ts.isPropertyAccessExpression(node.expression) && nameOf(node.expression) !== '_') return [];
    const asker = Object.hasOwn(askers, nameOf(node.expression)) ? askers[nameOf(node.expression)] : undefined;
    if (asker === undefined) return [];
    const { prefix, suffixes = [''] } = asker;
    return written(node.arguments[asker.argument])
      .filter((key) => /[a-z]/i.test(key) && !key.includes(':'))
      .flatMap((key) => suffixes.map((suffix) => ({ key: prefix + key + suffix, file })));
  });

export const sharedUses = usesOf(SHARED);
export const ownUses = usesOf(OWN);

/** All that is written in quotes anywhere: a key may go through a variable. */
export const literals: readonly Use[] = all.flatMap(({ file, node }) =>
  ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent) ? [{ key: node.text, file }] : [],
);

/** The same where values are put into it: a `*` stands for each. */
export const templates: readonly Use[] = all.flatMap(({ file, node }) =>
  ts.isTemplateExpression(node) ? written(node).map((key) => ({ key, file })) : [],
);

/** What of an element is read by people. */
const READ_OUT = ['textContent', 'innerText', 'title', 'placeholder', 'text', 'label', 'aria-label'];

/** Where a text comes to be read: a child of an element, the title of what is folded away, one of those properties. */
const isShown = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent)) {
    const isOperand = ts.isConditionalExpression(parent) ? parent.condition !== node : parent.left !== node;
    const isAssigned =
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(parent.left) &&
      READ_OUT.includes(parent.left.name.text);
    const isJoined =
      ts.isBinaryExpression(parent) &&
      [ts.SyntaxKind.PlusToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.QuestionQuestionToken].includes(
        parent.operatorToken.kind,
      );
    return isAssigned || (isOperand && (ts.isConditionalExpression(parent) || isJoined) && isShown(parent));
  }
  if (ts.isPropertyAssignment(parent))
    return parent.initializer === node && READ_OUT.includes(parent.name.getText().replace(/'/g, ''));
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  const place = (parent.arguments ?? []).findIndex((argument) => argument === node);
  const name = nameOf(parent.expression);
  if (name === 'el') return place >= 2;
  if (name === 'element') return place === 2;
  if (name === 'attr' || name === 'setAttribute') {
    const [attribute] = parent.arguments ?? [];
    return place === 1 && attribute !== undefined && written(attribute).some((one) => READ_OUT.includes(one));
  }
  if (name === 'text') return place === 0 && ts.isPropertyAccessExpression(parent.expression);
  return (name === 'fold' && place === 1) || (name === 'Option' && place === 0) || (name === 'append' && place >= 0);
};

/** Texts that stand right where they are read, single words and such with values among them. */
export const shownLiterals: readonly Use[] = all.flatMap(({ file, node }) =>
  (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && isShown(node)
    ? written(node).map((key) => ({ key, file }))
    : [],
);

/** The keys that such a text may be; the sidebar leaves out its part of the catalogue. */
export const asKeys = ({ key, file }: Use): readonly string[] =>
  file.startsWith('src/editor/up-next/') ? [key, `upNext.${key}`] : [key];

/** Whether a key is one that a use means. */
export const means = (use: string, key: string): boolean =>
  new RegExp(`^${use.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '[^.]+')}$`).test(key);
