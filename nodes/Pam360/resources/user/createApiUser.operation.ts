import type { IDataObject } from 'n8n-workflow';
import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { switchField } from '../shared/commonFields';
import { fieldNamed } from '../shared/spelling';
import { item, operation } from '../shared/operation';
import { Failure } from '../../../shared/failure';
import { asText } from '../../../shared/read';
import { readId } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { additionalFields, group, sentAs } from '../../../shared/param';
import { createUser, newUser, userFields } from './fields';

const HINT =
	"The auth token of a new API user has to be regenerated before its first use: put it into a credential and run 'Auth Token: Regenerate' with it, or regenerate it in PAM360's console.";

const further = group(
	userFields,
	sentAs('HOSTCHECK', {
		displayName: 'Host Check',
		name: 'hostCheck',
		type: 'boolean',
		default: true,
		description: "Whether to accept the user's token only from the host named in 'Host Name'",
	}),
	sentAs('HOSTNAME', {
		displayName: 'Host Name',
		name: 'hostName',
		type: 'string',
		default: '',
		placeholder: 'e.g. n8n.example.com',
		description:
			'The host that the user may call from. The PAM360 server must be able to resolve the name, or it drops the calls without an answer.',
	}),
	sentAs('OWNERNAMEOPTION', {
		displayName: 'Owner Name Option',
		name: 'ownerNameOption',
		type: 'string',
		default: '',
		description: 'The field OWNERNAMEOPTION of the call, passed on as it is',
	}),
	switchField(
		'RESTAPIACCESS',
		'REST API Access',
		'restApiAccess',
		'the user may call the REST API',
	),
	switchField(
		'SDKACCESS',
		'SDK Access',
		'sdkAccess',
		'the user may be used by applications that are built with the SDK',
	),
	sentAs('TOKENVALIDITYDAYS', {
		displayName: 'Token Validity',
		name: 'tokenValidityDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 90,
		placeholder: 'e.g. 90',
		description: 'For how many days the auth token is valid',
	}),
).check(({ HOSTCHECK, HOSTNAME }, context) => {
	if (HOSTCHECK !== true || HOSTNAME !== undefined) return;
	context.addIssue({
		code: 'custom',
		message: 'is required with the host check',
		path: ['hostName'],
	});
});

/** `POST /user`. Source: docs/api/pam360.md, "Creating API users". */
export const createApiUser = operation({
	name: 'Create API User',
	value: 'createApiUser',
	action: 'Create API user',
	description: 'Create a user for programs and get its auth token',
	issues: 'API user',
	furtherTries: { are: 'refused', unlike: 'a user of the same name' },
	secretPaths: ['operation.Details.AUTHTOKEN', 'operation.details.AUTHTOKEN'],
	byPerson: {
		targets: [
			'email',
			'secondaryEmail',
			'role',
			'roleId',
			'userGroup',
			'restApiAccess',
			'sdkAccess',
		],
	},
	params: [newUser, additionalFields(further)],
	async run(api, { additionalFields: more, ...user }, call) {
		const reply = await createUser(api, call, user, {
			details: { ...more, ISAPIUSER: true },
			mayHave: 'The API user may have been created',
			find: "If it was, its auth token is lost: delete the user, or regenerate the token in PAM360's console",
		});
		return apiUserResult(reply, user);
	},
});

function apiUserResult({ details, message, body }: Pam360Reply, user: IDataObject): Result {
	const answer = recordOf(details);
	const id = readId(fieldNamed(answer, 'USER ID'));
	const token = asText(fieldNamed(answer, 'AUTHTOKEN'))?.trim();
	if (!token) {
		throw new Failure('PAM360 created the API user but returned no auth token', {
			kind: 'unusable',
			description: `It said: ${message || 'nothing'}. The user exists${typeof id === 'string' ? ` with the ID ${id}` : ''}: regenerate its token in PAM360's console.`,
		});
	}
	return {
		item: item('apiUser', {
			id,
			secret: token,
			expiresAt: null,
			...user,
			mustBeRegenerated: true,
		}),
		raw: body,
		hints: [HINT],
	};
}
