import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { Failure, scrub } from '../../../shared/failure';
import { choice } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { additionalFields, oneOf, param } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import type { AccountIds } from '../../api/subject';
import { ifAny, justification, withAdvice } from '../shared/justification';
import { item, operation } from '../shared/operation';
import { account, nameOf, resource } from '../shared/pickers';
import { PASSWORD_PATH, generatePassword, passwordIn, passwordPath, policy } from './fields';

const newPassword = oneOf(
	param(
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
		choice(['own', 'generate']),
	),
	{
		own: [
			param({
				displayName: 'New Password',
				name: 'newPassword',
				type: 'string',
				typeOptions: { password: true },
				required: true,
				default: '',
				description: 'The new password, white space at its ends included',
			}),
		],
		generate: [policy],
	},
).as((source) => ({ source }));

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}/password`. Source: docs/api/pam360.md, "Resetting a
 * password", "What a failure says of the work" and "Remote resets".
 *
 * The new password always goes with the call: one that PAM360 made by itself would be lost with its
 * answer. A reset of which nobody knows what became, on the target or in PAM360, gives an item that keeps
 * the password and says how to find out; it never ends in an error, which would drop it.
 */
export const reset = operation({
	name: 'Reset',
	value: 'reset',
	action: 'Reset password',
	description: 'Give an account a new password, in PAM360 only or on the target as well',
	issues: 'password',
	furtherTries: {
		are: 'harmless',
		because:
			'another reset sets the password once more, and an unknown outcome is an item and no error that n8n would repeat',
	},
	secretPaths: [PASSWORD_PATH, `generated.${PASSWORD_PATH}`],
	givesSecret: ({ source }) => source.passwordSource === 'generate',
	byPerson: { targets: ['resourceId', 'accountId'] },
	params: [
		resource,
		account,
		param(
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
						description:
							'In PAM360 and on the target. PAM360 must be set up for this. If the target has a PAM360 agent, the change is queued, and success may be reported before it is made.',
					},
				],
				default: 'local',
				description: 'Where the password changes',
			},
			choice(['local', 'remote']),
		),
		newPassword,
		additionalFields(justification),
	],
	async run(
		api,
		{ resourceId: inResource, accountId: given, resetType, source, additionalFields: details },
	) {
		const ids = await api.ids.account(inResource, given);
		const { password, generated } = await newPasswordFrom(api, source);
		const resultOf = (state: State, body: IDataObject): Result => {
			const { outcome } = state;
			const made = item('password', {
				id: ids.accountId,
				secret: generated || outcome === 'unknown' ? password : null,
				resourceId: ids.resourceId,
				resourceName: nameOf(inResource),
				accountName: nameOf(given),
				resetType,
				...state,
			});
			return outcome === 'done'
				? { item: made, raw: { ...body, ...(generated && { generated }) } }
				: {
						item: made,
						// There is no answer that could be given in its place.
						raw: { ...made, ...(generated && { generated }) },
						hints: [NOT_KNOWN],
						irreplaceable: true,
						ifNotReturned: 'whose outcome is not known',
					};
		};
		const answer = await change(api, { ids, password, resetType, details }).catch(
			(failure: Failure) => withoutPassword(failure, password),
		);
		if (!(answer instanceof Failure)) {
			const { message, body } = answer;
			return resultOf({ ...DONE, message: message || null }, body);
		}
		const isLost = answer.kind === 'lost';
		if (!isLost && !generated) throw answer;
		// Before a password that nobody else has is dropped, PAM360 is asked whether it took it all the same.
		const isOpen = resetType === 'local' && answer.kind === 'refused' && !answer.declared;
		const vaultHolds = isLost || isOpen ? await heldIn(api, ids, details, password) : null;
		if (!isLost && vaultHolds !== 'new') throw answer.plus(DISCARDED);
		if (vaultHolds === 'new' && resetType === 'local') {
			const state = { ...DONE, vaultHolds, message: answer.message } as const;
			return { ...resultOf(state, {}), hints: [LOOKED_UP] };
		}
		const nextStep = nextStepOf(resetType, vaultHolds);
		return resultOf({ outcome: 'unknown', vaultHolds, message: answer.message, nextStep }, {});
	},
});

/** How a reset stands. */
interface State {
	/** `done` is what PAM360 says, or for a reset in PAM360 only, what it holds. */
	outcome: 'done' | 'unknown';
	/** What PAM360 held after a reset whose outcome its answer does not tell; null: not asked, not told. */
	vaultHolds: Held | null;
	/** What PAM360 said, or what came in the place of an answer. */
	message: string | null;
	/** What a person has to do now; null: nothing. */
	nextStep: string | null;
}

type Held = 'new' | 'other';

const DONE = { outcome: 'done', vaultHolds: null, nextStep: null } as const;

const DISCARDED = 'Nothing was changed, and the password that was generated for it was discarded.';
const LOOKED_UP =
	'It was not clear whether the password was reset. The node read it back from PAM360: it is the new one.';
const NOT_KNOWN =
	"The outcome of a reset is not known. Its item has the new password as 'secret', 'unknown' as 'outcome', and says in 'nextStep' how to find out.";

const UNTOLD = 'PAM360 did not say which password it holds now.';
const OTHER = 'PAM360 does not hold this password yet, and may still be at work.';

const ASK_VAULT =
	"Wait, then run 'Password: Get'. If it gives this password, the reset was done. If it gives the old one, nothing was changed: run the reset again.";
const ASK_BOTH =
	"Keep this password. 1. Wait, then run 'Password: Get'. 2. If it gives this password, PAM360 was changed: log in on the target to see whether it was, too. 3. If it gives the old one, try both on the target. If this one works there, set it in PAM360 with 'Reset Type' Local; if the old one works, run the reset again. A PAM360 agent on the target may still make the change.";
const LOG_IN =
	'PAM360 holds this password. Log in on the target to see whether it was changed, too. If it refuses this password, the old one still works there: run the reset again. A PAM360 agent on the target may still make the change.';

/**
 * Of an unknown outcome: what the vault's word proves and what not (docs/api/pam360.md, "Remote
 * resets").
 */
function nextStepOf(resetType: Change['resetType'], vaultHolds: Held | null): string {
	if (vaultHolds === 'new') return LOG_IN;
	const ask = resetType === 'remote' ? ASK_BOTH : ASK_VAULT;
	return `${vaultHolds === null ? UNTOLD : OTHER} ${ask}`;
}

type Source = ValuesOf<[typeof newPassword]>['source'];

/** With PAM360's answer where it has made the password. */
async function newPasswordFrom(
	api: Pam360Api,
	source: Source,
): Promise<{ password: string; generated?: IDataObject }> {
	if (source.passwordSource === 'own') return { password: source.newPassword };
	const { password, body } = await generatePassword(api, { POLICY: source.POLICY });
	return { password, generated: body };
}

interface Change {
	ids: AccountIds;
	password: string;
	resetType: 'local' | 'remote';
	/** Reason and ticket. */
	details: IDataObject;
}

/** A local reset may be repeated; what a target makes of a second one is up to the target. */
async function change(api: Pam360Api, { ids, password, resetType, details }: Change) {
	return await api
		.change({
			method: 'PUT',
			path: passwordPath(ids),
			subject: ids,
			details: { NEWPASSWORD: password, RESETTYPE: resetType.toUpperCase(), ...details },
			repeatable: resetType === 'local',
			failsWhole: resetType === 'local',
			reachesTarget: resetType === 'remote',
			mayHave: 'The password may have been reset',
			find: 'It asked PAM360 for the password that it holds instead',
		})
		.catch(withAdvice);
}

/** What the vault holds now; null where it does not tell. */
async function heldIn(
	api: Pam360Api,
	ids: AccountIds,
	details: IDataObject,
	password: string,
): Promise<Held | null> {
	const call = { path: passwordPath(ids), subject: ids, ...ifAny(details) };
	return await api
		.read(call)
		.then(passwordIn)
		.then((held) => (held === password ? 'new' : 'other'))
		.catch(() => null);
}

/** PAM360 may repeat in its refusal what it was sent; a generated password is not known to the frame. */
function withoutPassword(failure: Failure, password: string): Failure {
	return failure.with({
		message: scrub(failure.message, [password]),
		description: failure.description && scrub(failure.description, [password]),
	});
}
