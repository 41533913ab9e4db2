import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { Failure, scrub } from '../../../shared/failure';
import { choice, requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import type { Place } from '../../api/ids';
import { accessFields, accessInput, ifAny, withAdvice } from '../shared/access';
import { accountPicker, nameOf, picked, resourcePicker } from '../shared/pickers';
import { requiredSecret } from '../shared/wire';
import { PASSWORD_PATH, generatePassword, passwordIn, passwordPath, policyField } from './fields';

const sources = {
	own: z.object({ newPassword: requiredSecret }),
	generate: z.object({ policy: requiredText }),
};

const input = z
	.object({
		resourceId: picked,
		accountId: picked,
		resetType: choice(['local', 'remote'] as const),
		passwordSource: choice(['own', 'generate'] as const),
		newPassword: z.unknown(),
		policy: z.unknown(),
		additionalFields: accessInput,
	})
	.transform(({ passwordSource, newPassword, policy, ...rest }, context) => {
		// Only the parameter of the chosen source is shown, and nobody minds what the other holds.
		const parsed = sources[passwordSource].safeParse({ newPassword, policy });
		if (parsed.success) return { ...rest, source: parsed.data };
		for (const issue of parsed.error.issues) context.addIssue(issue);
		return z.NEVER;
	});

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}/password`. Source: PAM360 REST API, "Change the
 * Password of an Account"; fact sheet 5.2.
 *
 * A reset whose answer is lost is looked up: the vault has the new password, or it has not. Where that
 * stays open, a generated password comes out in an item marked as not confirmed before the error does;
 * of a remote reset also where the node would stop, because the target may have it and nobody else
 * would know it.
 */
export const reset = operation({
	name: 'Reset',
	value: 'reset',
	action: 'Reset password',
	description: 'Give an account a new password, in PAM360 only or on the target as well',
	issues: 'password',
	secretPaths: [PASSWORD_PATH, `generated.${PASSWORD_PATH}`],
	givesSecret: ({ source }) => !('newPassword' in source),
	fields: [
		resourcePicker,
		accountPicker,
		{
			displayName: 'Reset Type',
			name: 'resetType',
			type: 'options',
			options: [
				{
					name: 'Local',
					value: 'local',
					description: 'Only in PAM360: for a password that was changed on the target already',
				},
				{
					name: 'Remote',
					value: 'remote',
					description: 'In PAM360 and on the target, which PAM360 must be set up for',
				},
			],
			default: 'local',
			description: 'Where the password changes',
		},
		{
			displayName: 'New Password From',
			name: 'passwordSource',
			type: 'options',
			options: [
				{
					name: 'Parameter',
					value: 'own',
					description: 'You give the new password',
				},
				{
					name: 'Policy',
					value: 'generate',
					description: 'PAM360 makes one by a policy, and the item holds it as its secret',
				},
			],
			default: 'own',
			description: 'Where the new password comes from',
		},
		{
			displayName: 'New Password',
			name: 'newPassword',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			displayOptions: { show: { passwordSource: ['own'] } },
			default: '',
			description: 'The new password, white space at its ends included',
		},
		{ ...policyField, displayOptions: { show: { passwordSource: ['generate'] } } },
		accessFields(),
	],
	input,
	async *run(
		api: Pam360Api,
		{ resourceId: resource, accountId: account, resetType, source, additionalFields: access },
	) {
		const place = await api.ids.place(resource, account);
		const { password, generated } = await newPasswordFrom(api, source);
		const resultOf = (confirmed: boolean, body: IDataObject, hints: string[] = []): Result => ({
			item: {
				vendor: 'pam360',
				type: 'password',
				id: place.accountId,
				secret: generated ? password : null,
				resourceId: place.resourceId,
				resourceName: nameOf(resource),
				accountName: nameOf(account),
				resetType,
				confirmed,
			},
			raw: { ...body, ...(generated && { generated }) },
			hints,
			// The target may have it, and then nobody else knows it.
			irreplaceable: !confirmed && resetType === 'remote',
		});
		const outcome = await change(api, { place, password, resetType, access }).catch(
			(failure: Failure) => withoutPassword(failure, password),
		);
		if (!(outcome instanceof Failure)) {
			yield resultOf(true, outcome);
			return;
		}
		if (outcome.kind !== 'lost') throw generated ? outcome.plus(DISCARDED) : outcome;
		const held = await heldPassword(api, place, access);
		if (held === password) {
			yield resultOf(true, {}, [LOOKED_UP]);
			return;
		}
		if (generated) yield resultOf(false, {}, [NOT_CONFIRMED]);
		throw outcome.plus(
			[whatIsHeld(held, resetType), AGAIN, generated && whereItIs(resetType)]
				.filter(Boolean)
				.join(' '),
		);
	},
});

const DISCARDED = 'The password that was generated for it was discarded.';
const LOOKED_UP = 'The answer to a reset was lost. PAM360 was asked, and it has the new password.';
const NOT_CONFIRMED =
	'The answer to a reset was lost, and PAM360 does not show the new password. An item that is not confirmed holds it.';

type Source = z.output<(typeof sources)['own']> | z.output<(typeof sources)['generate']>;

/** With PAM360's answer where it has made the password. */
async function newPasswordFrom(
	api: Pam360Api,
	source: Source,
): Promise<{ password: string; generated?: IDataObject }> {
	if ('newPassword' in source) return { password: source.newPassword };
	const { password, body } = await generatePassword(api, source.policy);
	return { password, generated: body };
}

interface Change {
	place: Place;
	password: string;
	resetType: 'local' | 'remote';
	access: IDataObject;
}

/** A local reset may be repeated; what a target makes of a second one is up to the target. */
async function change(api: Pam360Api, { place, password, resetType, access }: Change) {
	const { body } = await api
		.change({
			method: 'PUT',
			path: passwordPath(place),
			about: place,
			details: { NEWPASSWORD: password, RESETTYPE: resetType.toUpperCase(), ...access },
			repeatable: resetType === 'local',
			mayHave: 'The password may have been reset',
			find: 'PAM360 was asked for the password that it holds',
		})
		.catch(withAdvice);
	return body;
}

/** What the vault holds now; undefined where it does not tell. */
async function heldPassword(
	api: Pam360Api,
	place: Place,
	access: IDataObject,
): Promise<string | undefined> {
	const call = { path: passwordPath(place), about: place, ...ifAny(access) };
	return await api
		.read(call)
		.then(passwordIn)
		.catch(() => undefined);
}

function whatIsHeld(held: string | undefined, resetType: Change['resetType']): string {
	if (held === undefined) return 'PAM360 did not tell which password it holds now.';
	return resetType === 'local'
		? 'PAM360 holds another password than the new one so far.'
		: 'PAM360 holds another password than the new one so far; the target may have either, and PAM360 may still be at work.';
}

const AGAIN = 'Get the password again in a while, and reset it once more if it is not the new one.';

/** Of a generated password: the node does not stop where it may be lost. */
function whereItIs(resetType: Change['resetType']): string {
	return resetType === 'remote'
		? 'The generated password is in the item before this one.'
		: "The generated password is in the item before this one if 'On Error' in the node's settings is set to continue; to have it in any case, make it with Password: Generate and give it as 'New Password'.";
}

/** PAM360 may repeat in its refusal what it was sent; a generated password is not known to the frame. */
function withoutPassword(failure: Failure, password: string): Failure {
	return failure.with({
		message: scrub(failure.message, [password]),
		description: failure.description && scrub(failure.description, [password]),
	});
}
