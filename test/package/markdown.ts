import { anchor } from '../../scripts/host/operationRows';

/** The anchors that headings get on the project's page. */
export function anchors(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading.trim()));
}

/** Where a page leads: its links, and what pictures it shows. */
export function targets(markdown: string): string[] {
	const text = markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
	return [
		...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target),
		...[...text.matchAll(/(?:src|srcset|href)="([^"\s]+)"/g)].map(([, target]) => target),
	].filter((target) => target !== undefined);
}
