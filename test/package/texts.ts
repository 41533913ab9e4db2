import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');

export interface SourceText {
	/** From the root of the repository, with the line. */
	where: string;
	/** What is filled in at run time stands as `${}`. */
	text: string;
}

/** The texts of more than one word that a source file has: strings and templates. */
export function textsIn(file: string, source: string): SourceText[] {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
	const found: SourceText[] = [];
	const visit = (node: ts.Node) => {
		const text = textOf(node);
		if (text?.includes(' ')) {
			const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
			found.push({ where: `${file}:${line + 1}`, text });
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
		.map(({ text }) => text)
		.join('${}');
}

/** The texts of the nodes and credentials. */
export function productTexts(): SourceText[] {
	const files = execFileSync(
		'git',
		['ls-files', '--cached', '--others', '--exclude-standard', 'nodes', 'credentials'],
		{ cwd: ROOT, encoding: 'utf8' },
	);
	return files
		.split('\n')
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) => textsIn(file, readFileSync(join(ROOT, file), 'utf8')));
}
