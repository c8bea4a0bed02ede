import ts from 'typescript';

/**
 * Names the places of a source file by what encloses them: `judgeRow`, `NodeTestRunner.#load`, `decision-sent.judge`. A
 * name stays when lines are moved or laid out anew. What no function, variable or id encloses is at the `top` of its file.
 */
export function placesIn(source: string): (line: number, column: number) => string {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  return (line, column) => {
    const at = file.getPositionOfLineAndCharacter(line - 1, column - 1);
    const names: string[] = [];
    const enter = (node: ts.Node): void => {
      const name = nameOf(node);
      if (name) names.push(name);
      const inner = node.getChildren(file).find((child) => child.getStart(file) <= at && at < child.getEnd());
      if (inner) enter(inner);
    };
    enter(file);
    return names.join('.') || 'top';
  };
}

/** The name by which a node is known; of an entry in a list of such, its `id`. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isObjectLiteralExpression(node)) {
    const id = node.properties.find(
      (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && one.name.getText() === 'id',
    );
    return id && ts.isStringLiteral(id.initializer) ? id.initializer.text : undefined;
  }
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ((ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) &&
      ts.isIdentifier(node.name) &&
      node.initializer !== undefined &&
      (ts.isVariableDeclaration(node) ? isOutermost(node) : holdsFunction(node.initializer)));
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  return named ? (node as { name?: ts.Node }).name?.getText() : undefined;
}

/** A variable within a function is no place of its own, unless it holds a function. */
const isOutermost = ({ initializer, parent }: ts.VariableDeclaration): boolean =>
  ts.isSourceFile(parent.parent.parent) || (initializer !== undefined && holdsFunction(initializer));

const holdsFunction = (node: ts.Node): boolean => ts.isArrowFunction(node) || ts.isFunctionExpression(node);
