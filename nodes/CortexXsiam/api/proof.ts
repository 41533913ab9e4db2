import { randomBytes } from 'node:crypto';
import { MINUTE_MS } from '../../shared/dates';
import { plainId } from './id';
import { liveOnes } from './lineages';
import type { KeyList, Lineage } from './lineages';
import { levelOf } from './schemas';
import type { ApiKeyRecord } from './schemas';

/** What a tenant says to a call that is signed with a key; `unclear` where it is not its own word. */
export type Verdict = 'accepted' | 'refused' | 'unclear';

export type SecurityLevel = 'standard' | 'advanced';

/** What proving needs of the API. */
export interface Prober {
	/** Whether the credential's own key is signed with the time. */
	readonly isTimed: boolean;
	/** A call with the credential's own key. */
	probe(): Promise<Verdict>;
	/** The same API with another key. */
	withKey(id: string, key: string, level: SecurityLevel): { probe(): Promise<Verdict> };
}

/** What a stored value opens. */
export type Proof =
	| { opens: 'key'; id: string }
	/** A key of the tenant that is not of the lineage. */
	| { opens: 'outsider'; id: string; isListed: boolean }
	/** `odd`: it has what no key that the node gives out has. */
	| { opens: 'nothing'; odd?: boolean }
	| { opens: 'unclear'; why: string };

/** How the key of a lineage is kept in a store. */
export const SECRET_FORMS = ['idAndKey', 'key'] as const;

export type SecretForm = (typeof SECRET_FORMS)[number];

/** One text that a consumer can use by itself, and that can be proved. */
export function storedForm(id: string, key: string, form: SecretForm): string {
	return form === 'key' ? key : `${id}:${key}`;
}

const ID_AND_KEY = /^(?<id>\d{1,15}):(?<key>\S+)$/;

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** A tenant may refuse what was signed five minutes ago (docs/api/cortex-xsiam.md, "Advanced keys"). */
const CLOCKS_APART_MS = 4 * MINUTE_MS;

/** What a call was that is `unclear`. */
export const NEITHER =
	'neither accepted nor refused: the tenant is busy or cannot be reached, or something else answered in its place.';

const BOTH_LEVELS: SecurityLevel[] = ['advanced', 'standard'];

/**
 * Finds out what a stored value opens now: the tenant answers a call that is signed with it, and
 * refuses the same call with a wrong secret. Nothing else counts.
 *
 * @param list All keys of the tenant.
 */
export async function prove(
	api: Prober,
	stored: string,
	lineage: Lineage,
	{ keys, clock }: KeyList,
): Promise<Proof> {
	const { id, key = stored } = ID_AND_KEY.exec(stored)?.groups ?? {};
	const ids = id === undefined ? liveOnes(lineage).map((member) => member.id) : [plainId(id)];
	// What cannot be sent as a header is no key.
	if (!VISIBLE_ASCII.test(key)) ids.length = 0;
	let isTimed = false;
	for (const candidate of ids) {
		const record = keys.find((one) => one.id === candidate);
		for (const level of levelsOf(record)) {
			const verdict = await api.withKey(candidate, key, level).probe();
			if (verdict === 'unclear') return unclear(`The call with key ${candidate} was ${NEITHER}`);
			if (verdict === 'refused') {
				isTimed ||= level === 'advanced';
				continue;
			}
			const wrong = randomBytes(64).toString('hex');
			const control = await api.withKey(candidate, wrong, level).probe();
			if (control === 'accepted') {
				return unclear('The server accepts any secret, so this proves nothing.');
			}
			if (control === 'unclear') return unclear(`The same call with a wrong secret was ${NEITHER}`);
			// What is accepted works, whatever its date says.
			const isMember = lineage.members.some((member) => member.id === candidate);
			return isMember
				? { opens: 'key', id: candidate }
				: { opens: 'outsider', id: candidate, isListed: record !== undefined };
		}
	}
	// Where the own key is one as well, whether that is accepted tells more than the clocks.
	if (isTimed && !api.isTimed && Math.abs(clock.ahead) >= CLOCKS_APART_MS) {
		return unclear(
			`The value was refused, but advanced keys are signed with the time, and the server's clock is ${Math.round(Math.abs(clock.ahead) / MINUTE_MS)} minutes ${clock.ahead > 0 ? 'ahead of' : 'behind'} n8n's: correct the clocks.`,
		);
	}
	// A tenant that refuses everybody says nothing of the value.
	const own = await api.probe();
	if (own === 'accepted') return { opens: 'nothing', odd: /[\s"'{}[\]]|^\d{1,15}$/.test(stored) };
	return unclear(
		`The value was refused, but ${
			own === 'refused'
				? "so was the credential's own key."
				: `the call with the credential's own key was ${NEITHER}`
		}`,
	);
}

function unclear(why: string): Proof {
	return { opens: 'unclear', why };
}

/** A key of which the tenant does not tell the level is tried with both. */
function levelsOf(record: ApiKeyRecord | undefined): SecurityLevel[] {
	const level = record && levelOf(record);
	return level === 'standard' || level === 'advanced' ? [level] : BOTH_LEVELS;
}
