/**
 * Hosts as plain data, with the rules of the scripts in `examples/hosts`: what a host does is one step,
 * since the scripts hold a lock.
 */

/** What identifies a key in a line of `authorized_keys`. */
export const bodyOf = (line: string) => line.split(' ')[1] ?? '';

const TAG = /n8n-([0-9a-f]+)-(\w+)$/;

function tagOf(line: string): { lineage: string; stamp: string } | undefined {
	const [, lineage, stamp] = TAG.exec(line) ?? [];
	return lineage && stamp ? { lineage, stamp } : undefined;
}

/** Lines of a rotation of the same key that was made before. */
function isLeftBehind(line: string, present: string): boolean {
	const [own, tag] = [tagOf(present), tagOf(line)];
	return (
		own !== undefined &&
		tag !== undefined &&
		tag.lineage === own.lineage &&
		tag.stamp < own.stamp &&
		bodyOf(line) !== bodyOf(present)
	);
}

export class Host {
	isUp = true;

	constructor(
		readonly hostname: string,
		public lines: string[],
	) {}

	accepts(line: string | undefined): boolean {
		return line !== undefined && this.lines.some((one) => bodyOf(one) === bodyOf(line));
	}

	private append(line: string): void {
		if (!this.accepts(line)) this.lines = [...this.lines, line];
	}

	/**
	 * @param login The keys that the vault gives, in the order in which they are tried.
	 * @returns whether the key was seen to log in
	 */
	install(line: string, login: Array<string | undefined>): boolean {
		if (!this.isUp || !login.some((key) => this.accepts(key))) return false;
		this.append(line);
		return this.accepts(line);
	}

	/** @returns whether the former key was seen gone, and the present one seen to log in */
	remove(line: string, former: string, login: Array<string | undefined>): boolean {
		if (!this.isUp) return false;
		if (!this.accepts(line)) {
			if (!login.some((key) => this.accepts(key))) return false;
			this.append(line);
		}
		this.lines = this.lines.filter(
			(one) => bodyOf(one) !== bodyOf(former) && !isLeftBehind(one, line),
		);
		return this.accepts(line) && !this.accepts(former);
	}
}
