import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Phrases that a reader must read twice, and what to write in their place. */
export const banned: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\btold\b/i, 'observed, reported or attested; or name who says it to whom'],
  [/\btell(s|ing)? of\b/i, 'reports, names, describes'],
  [/\bso many\b/i, 'the number, or "the number of"'],
  [/\bof (which|whom)\b/i, 'a sentence of its own'],
  [/\b(comes?|came|coming) to\b/i, 'is, ends as, results in, reaches'],
  [/\bstands? in for\b/i, 'replaces, takes the place of'],
  [/\b(is|are|was|were) looked for\b/i, 'name who looks: "the kit looks for"'],
  [/(?<!\bthere )\b(is|are|was|were) no (?!longer\b|more\b)/i, 'is not a, has no'],
  [/[,;:] for (it|its|they|their|he|there|whoever|this|that|the (kit|till|POS|run|API)) /i, 'because'],
  [/\bas yet\b/i, 'yet'],
  [/\bamiss\b/i, 'wrong'],
  [/\bat the most\b/i, 'at most'],
  [/\bcan(’|')?t be had\b|\bcan be had\b/i, 'where you can get it; is not available'],
];

/** A text that people read, and where it is. */
export interface Read {
  readonly place: string;
  readonly text: string;
}

/** What users and contributors read: pages, features, rows, forms, schemas, and the texts of the commands. */
export function readByPeople(): Read[] {
  const lines = globSync(
    [
      '*.md',
      'action.yml',
      '.github/**/*.{yml,md}',
      'docs/*.md',
      'features/**/*.feature',
      'fixtures/**/rows.yaml',
      'fixtures/**/README.md',
      'support/**/*.schema.json',
    ],
    { cwd: root },
  ).flatMap((file) =>
    text(file)
      .split('\n')
      .map((line, index) => ({ place: `${file}:${index + 1}`, text: withoutCode(line) })),
  );
  const sources = globSync('{support,steps}/**/*.ts', { cwd: root }).filter(
    (file) => !/\.test\.ts$|stories|[\\/]testing[\\/]|sample\.ts$|workshop[\\/]phrases\.ts$/.test(file),
  );
  return [...lines, ...sources.flatMap(textsIn)];
}

const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Names of checks and mutants are not prose, and in a schema only titles and descriptions are. */
const withoutCode = (line: string): string =>
  line
    .replace(/`[^`]*`/g, '`…`')
    .replace(/\bid: [\w-]+/g, '')
    .replace(/^\s*"(?!description"|title")[^:]*.*/, '');

/** The texts of a source: what has a blank in it, without the comments. */
function textsIn(file: string): Read[] {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true);
  const found: Read[] = [];
  const look = (node: ts.Node): void => {
    const literal =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (literal && /\S\s|\s\S/.test(node.text)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: `${file}:${line}`, text: node.text.replace(/\s+/g, ' ') });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
