import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import {
	flag,
	ifGiven,
	instant,
	jsonObject,
	optionalText,
	requiredText,
	textList,
	vendorValue,
} from '../../../shared/input';
import { itemOf, readText } from '../../../shared/item';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { ifLost } from '../shared/lost';
import { listOf } from '../shared/text';
import { inEitherSpelling, issueDomains, issueSeverities } from '../shared/words';
import type { Spelling } from '../shared/words';

const created = z.object({
	external_id: z.string().min(1),
	detection_method: z.unknown(),
});

function text(
	displayName: string,
	name: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'string', default: '', ...more };
}

/** `POST /public_api/v1/issue`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create issue',
	description:
		'Create an issue. Cortex XSIAM takes it in and makes it a little later; until then only its external ID is known.',
	issues: 'issue',
	furtherTries: { are: 'refused' },
	fields: [
		text('Name', 'name', {
			required: true,
			placeholder: 'e.g. Key was not rotated in time',
			description: 'What happened, in a few words',
		}),
		text('Description', 'description', {
			required: true,
			typeOptions: { rows: 3 },
			description: 'What happened, in full',
		}),
		{
			displayName: 'Severity',
			name: 'severity',
			type: 'options',
			options: issueSeverities.options,
			default: 'MEDIUM',
			description: 'How grave it is',
		},
		text('Domain', 'domain', {
			required: true,
			default: 'Security',
			description: 'The domain of the issue, as the tenant names it',
		}),
		text('Category', 'category', {
			required: true,
			placeholder: 'e.g. Configuration',
			description: 'The category of the issue, as the tenant names it',
		}),
		additionalFields(
			text('Asset IDs', 'assetIds', { description: 'The assets concerned, separated by commas' }),
			text('Assigned To', 'assignedTo', {
				placeholder: 'e.g. user1@acme.com',
				description: 'Who is to look after it',
			}),
			{
				displayName: 'Custom Fields',
				name: 'customFields',
				type: 'json',
				default: '{}',
				description: 'Fields that the tenant defines, as a JSON object',
			},
			{
				displayName: 'Excluded',
				name: 'isExcluded',
				type: 'boolean',
				default: false,
				description: 'Whether the issue is excluded',
			},
			text('Extended Description', 'extendedDescription', {
				description: 'More on what happened',
			}),
			text('Impact', 'impact', { description: 'What it leads to' }),
			text('Initial Evidence', 'initialEvidence', { description: 'What it was noticed by' }),
			text('MITRE Tactics', 'mitreTactics', {
				placeholder: 'e.g. TA0006 - Credential Access',
				description: 'Tactics, separated by commas',
			}),
			text('MITRE Techniques', 'mitreTechniques', {
				description: 'Techniques, separated by commas',
			}),
			{
				displayName: 'Normalized Fields',
				name: 'normalizedFields',
				type: 'json',
				default: '{}',
				placeholder: 'e.g. { "xdm.source.host.hostname": "host-1" }',
				description: 'Fields of the XDM data model, as a JSON object',
			},
			{
				displayName: 'Observation Time',
				name: 'observationTime',
				type: 'dateTime',
				default: '',
				description: 'When it was observed. Without it, now.',
			},
			text('Remediation', 'remediation', { description: 'What to do about it' }),
			{
				displayName: 'Starred',
				name: 'isStarred',
				type: 'boolean',
				default: false,
				description: 'Whether the issue gets a star',
			},
			text('Tags', 'tags', { description: 'Tags, separated by commas' }),
			text('Type', 'type', { description: 'The type of the issue' }),
		),
	],
	input: z.object({
		name: requiredText,
		description: requiredText,
		severity: vendorValue,
		domain: requiredText,
		category: requiredText,
		additionalFields: z.object({
			assetIds: textList,
			assignedTo: optionalText,
			customFields: ifGiven(jsonObject),
			isExcluded: ifGiven(flag),
			extendedDescription: optionalText,
			impact: optionalText,
			initialEvidence: optionalText,
			mitreTactics: textList,
			mitreTechniques: textList,
			normalizedFields: ifGiven(jsonObject),
			observationTime: ifGiven(instant),
			remediation: optionalText,
			isStarred: ifGiven(flag),
			tags: textList,
			type: optionalText,
		}),
	}),
	async run(api: CortexXsiamApi, { additionalFields: more, ...issue }, call: Call) {
		const { name, description, category } = issue;
		const severity = issueSeverities.in('today', issue.severity);
		const fields = {
			name,
			description,
			severity,
			category,
			observation_time: more.observationTime ?? DateTime.utc().toMillis(),
			asset_ids: listOf(more.assetIds),
			assigned_to: more.assignedTo,
			custom_fields: more.customFields,
			is_excluded: more.isExcluded,
			extended_description: more.extendedDescription,
			impact: more.impact,
			initial_evidence: more.initialEvidence,
			mitre_tactics: listOf(more.mitreTactics),
			mitre_techniques: listOf(more.mitreTechniques),
			normalized_fields: more.normalizedFields,
			remediation: more.remediation,
			is_starred: more.isStarred,
			tags: listOf(more.tags),
			type: more.type,
		};
		// The field has another name in the older contract, too.
		const inSpelling = (spelling: Spelling) => {
			const domain = issueDomains.in(spelling, issue.domain);
			return spelling === 'today' ? { ...fields, issue_domain: domain } : { ...fields, domain };
		};
		const send = async () =>
			await inEitherSpelling(
				inSpelling,
				async (sent) =>
					await api.change({
						path: 'public_api/v1/issue',
						data: { issue: sent },
						answer: created,
						what: 'the external ID of the new issue',
						repeatable: false,
						meanings: [
							{
								when: (_, status) => status === 400,
								message: 'Cortex XSIAM does not accept the issue',
								description:
									"Check 'Domain', 'Category', 'Severity' and the fields in JSON. The tenant does not say which it is.",
							},
						],
					}),
			).catch(
				ifLost('The issue may come up all the same: look with Get Many before you repeat it.'),
			);
		const { value, body } = await sendOnce(call, 'The issue may have been created', send);
		return {
			item: itemOf({
				vendor: 'cortexXsiam',
				type: 'issue',
				// Given later; the external ID finds it with Get Many.
				id: null,
				externalId: value.external_id,
				name,
				severity,
				detectionMethod: readText(value.detection_method),
			}),
			raw: body,
		};
	},
});
