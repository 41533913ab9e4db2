import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/failure';
import { flag } from '../../../shared/input';
import { unread } from '../../../shared/item';
import { nullIfAdded, param } from '../../../shared/param';
import { yesNo } from '../shared/coded';
import { identifierOf, listedName } from '../shared/credentialList';
import { listedRotation } from '../shared/helperRecords';
import type { ListedHelpers } from '../shared/helperRecords';

/**
 * Whether the vault changes a key by itself, by its record in the list (docs/api/senhasegura.md, "Keys that
 * the vault changes by itself"); `unclear` where that comes in a form that is not understood.
 */
export function automaticChangeOf({
	automatic_change: told,
}: IDataObject): 'off' | 'on' | 'unclear' {
	const isOn = yesNo(told);
	if (isOn !== null) return isOn ? 'on' : 'off';
	return unread(told) === null ? 'off' : 'unclear';
}

/** The word of a person on a key of which the list does not tell it clearly. */
export const automaticChangeIsOff = nullIfAdded(
	param(
		{
			displayName: 'Automatic Change Is Off',
			name: 'automaticChangeIsOff',
			type: 'boolean',
			default: true,
			description:
				'Whether somebody checked in the vault that it does not change this key by itself. Needed only where the node does not understand what the list says of it.',
		},
		flag.default(false),
	),
);

/**
 * @param listed The record of the key in the list.
 * @param isOff Whether a person says so.
 * @param consequence What is not done, for the message: `it is not rotated`.
 * @param helpers Of a rotation that may be half-way: the key cannot be left to the vault then.
 * @throws Failure where the vault changes the key by itself, or may do so
 */
export function demandNoAutomaticChange(
	listed: IDataObject,
	isOff: boolean,
	consequence: string,
	helpers: ListedHelpers = {},
): void {
	const state = automaticChangeOf(listed);
	if (state === 'off' || (state === 'unclear' && isOff)) return;
	const name = identifierOf(listed) ?? listedName(listed);
	const two = 'If both changed it, they would lock each other out.';
	const isHalfWay = listedRotation(helpers).state === 'unfinished';
	if (state === 'on') {
		throw new Failure(`The vault changes the SSH key ${name} by itself, so ${consequence}`, {
			kind: 'refused',
			description: `${two} ${isHalfWay ? 'A rotation of this key is half-way, and hosts may accept more than one key: turn' : 'Turn'} off 'Enable automatic change' in the key's renewal settings in the vault${isHalfWay ? ' until it has ended' : ', or leave the key to the vault'}.`,
		});
	}
	throw new Failure(
		`It is not known if the vault changes the SSH key ${name} by itself, so ${consequence}`,
		{
			kind: 'refused',
			description: `${two} The list has ${JSON.stringify(listed.automatic_change)} as 'automatic_change', which the node does not understand. Look at 'Enable automatic change' in the key's renewal settings in the vault; if it is off, say so with 'Automatic Change Is Off'.`,
		},
	);
}
