import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { markOf, userComment, withMark } from '../../api/mark';
import { levelOf } from '../../api/schemas';
import { inputFailure, nothingChanged } from '../../../shared/failure';
import { group, notice, updateFields } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { asText, asTexts } from '../../../shared/read';
import { ifGiven, refuseEmptyUpdate, textList } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { idsOf, roles } from '../shared/directory';
import { operation } from '../shared/operation';
import { apiKeyItem } from './apiKeyItem';
import {
	allowOwnKeyParam,
	apiKeyParam,
	commentParam,
	rolesParam,
	securityLevel,
	securityLevelParam,
} from './fields';
import { roleNamesOf } from './roleNames';

const roleDirectory = { ...roles, label: 'Role Names or IDs' };

/** A text; empty means that there is to be none. */
const comment = z
	.union([z.string(), z.number(), z.null()], { errorMap: () => ({ message: 'must be a text' }) })
	.optional()
	.transform((value) => (value === undefined ? undefined : String(value ?? '').trim() || null));

const changes = group(
	allowOwnKeyParam('change roles and security level of'),
	commentParam(
		'What the key is for. An empty value removes the comment, but not the mark in brackets that this node adds at its end.',
		comment,
	),
	rolesParam('The roles that the key gets instead of those that it has.', textList.optional()),
	securityLevelParam(
		ifGiven(securityLevel),
		'How clients authenticate with the key. Those that use it have to change with it.',
	),
).check((given, context) => {
	const { comment: text, roles: names, securityLevel: level } = given;
	if ([text, names, level].every((one) => one === undefined)) refuseEmptyUpdate(context);
	if (names?.length !== 0) return;
	context.addIssue({ code: 'custom', path: ['roles'], message: 'must name at least one role' });
});

/**
 * `GET`, then `PUT /platform/iam/v1/api-key/{id}`, which replaces all that it takes. Source:
 * docs/api/cortex-xsiam.md, "Reading and changing one API key": reading gives roles by display name,
 * writing takes their ids.
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update API key',
	description:
		'Change roles, security level or comment of an API key. Its expiration cannot be changed: rotate it instead.',
	byPerson: { targets: ['apiKey', 'roles'], guards: ['allowOwnKey'] },
	params: [
		apiKeyParam('The API key to change'),
		notice({
			displayName:
				"Cortex XSIAM cannot change the expiration of an API key. To get a longer one, use 'API Key: Rotate'.",
			name: 'notice',
			type: 'notice',
			default: '',
		}),
		updateFields(changes),
	],
	async run(api, { apiKey: id, updateFields: wanted }) {
		const changesAccess = wanted.roles !== undefined || wanted.securityLevel !== undefined;
		if (id === api.ownKeyId && changesAccess && !wanted.allowOwnKey) {
			throw inputFailure(
				`The API key ${id} is the one that the credential uses`,
				"Another role or level may lock the credential out. If that is what you want, turn on 'Allow Own Key'.",
			);
		}
		// Another item's change between reading and writing would be undone.
		return await api.inTurn(`api-key/${id}`, async () => await changed(api, id, wanted));
	},
});

async function changed(
	api: CortexXsiamApi,
	id: string,
	wanted: ValuesOf<[typeof changes]>,
): Promise<Result> {
	const row = await api.getKey(id).catch(nothingChanged);
	const names = wanted.roles ?? rolesOf(row);
	const level = wanted.securityLevel ?? levelOf(row);
	if (names.length === 0 || level === null) {
		throw inputFailure(
			`The API key ${id} has no ${names.length === 0 ? 'roles' : 'security level'} that could be kept, and the change must name ${names.length === 0 ? 'some' : 'one'}`,
			`Set '${names.length === 0 ? 'Role Names or IDs' : 'Security Level'}', too.`,
		);
	}
	// The mark tells what the key replaced: losing it would end the lineage.
	const mark = markOf(asText(row.comment));
	const words =
		wanted.comment === undefined ? userComment(asText(row.comment)) : userComment(wanted.comment);
	const text = mark ? withMark(words ?? undefined, mark) : words;
	const raw = await api.updateKey(id, {
		roles: await idsOf(api, roleDirectory, names),
		security_level: level,
		comment: text,
	});
	const shown = wanted.roles === undefined ? names : await roleNamesOf(api, names);
	return {
		item: apiKeyItem({ ...row, roles: shown, security_level: level, comment: text }),
		raw,
	};
}

/** None where one of them cannot be read: writing back the others would take it away. */
function rolesOf({ roles: given }: IDataObject): string[] {
	const isReadable = Array.isArray(given) && given.every((role) => typeof role === 'string');
	return isReadable ? asTexts(given) : [];
}
