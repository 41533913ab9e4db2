/** A numbered step, as its reader goes through it. */
export interface Step {
	/** As it stands in the file. */
	text: string;
	/** The names in it that stand on n8n's screen, each the way through its menus: `_Save_`, `**Node > Action**`. */
	names: string[][];
	/** What stands in it as code. */
	codes: string[];
}

/** What stands below a heading of the second level. */
export function sectionOf(markdown: string, heading: string): string {
	const [, section] = markdown.split(`\n## ${heading}\n`);
	if (section === undefined) throw new Error(`There is no heading "${heading}".`);
	return section.split('\n## ')[0] ?? '';
}

/** The lines of the first block of code in this language. */
export function codeOf(section: string, language: string): string {
	const code = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(section)?.[1];
	if (code === undefined) throw new Error(`There is no ${language} code.`);
	return code;
}

/**
 * The numbered steps. The sentences that lead through a vendor's own product, which begin with "In the
 * tenant", name nothing in n8n; what is emphasised and ends with a full stop is a sentence, and no name.
 */
export function stepsOf(section: string): Step[] {
	return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, text = '']) => {
		const inN8n = text
			.split(/(?<=[.)*]) (?=[(*_]*[A-Z])/)
			.filter((sentence) => !sentence.startsWith('In the tenant'))
			.join(' ');
		const words = [...inN8n.matchAll(/(?:\*\*|\b_)(.+?)(?:\*\*|_\b)/g)].map(
			([, name = '']) => name,
		);
		return {
			text,
			names: words.filter((name) => !name.endsWith('.')).map((name) => name.split(' > ')),
			codes: [...inN8n.matchAll(/`(.+?)`/g)].map(([, code = '']) => code),
		};
	});
}
