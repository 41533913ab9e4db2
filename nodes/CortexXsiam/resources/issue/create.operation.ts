import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields, sentAs } from '../../../shared/param';
import { ifGiven, instant, textList, vendorValue } from '../../../shared/input';
import { readText } from '../../../shared/item';
import { sendOnce } from '../../../shared/sendOnce';
import { listOf } from '../shared/text';
import { domains, inEitherSpelling, issueSeverities } from '../shared/words';
import type { Spelling } from '../shared/words';
import { item, operation } from '../shared/operation';
import { severityParam } from './fields';

const created = z.object({
	external_id: z.string().min(1),
	detection_method: z.unknown(),
});

type More = Partial<Omit<INodeProperties, 'required' | 'displayOptions'>>;

/** A field of an issue that is a text. */
function text<const Wire extends string, const Required extends boolean = false>(
	wire: Wire,
	displayName: string,
	name: string,
	more: More & { required?: Required },
) {
	return sentAs(wire, { displayName, name, default: '', ...more, type: 'string' });
}

/** One that takes several texts, each once. */
function texts<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	more: More,
) {
	const field = { displayName, name, default: '', ...more, type: 'string' as const };
	return sentAs(wire, field, textList.transform(listOf));
}

const LOST = {
	mayHave: 'The issue may have been created',
	find: "Look for it with 'Issue: Get Many'",
};

/** `POST /public_api/v1/issue`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create issue',
	description:
		'Create an issue. Cortex XSIAM accepts it and creates it a little later; until then only its external ID is known.',
	issues: 'issue',
	furtherTries: { are: 'refused' },
	params: [
		text('name', 'Name', 'name', {
			required: true,
			placeholder: 'e.g. Key was not rotated in time',
			description: 'What happened, in a few words',
		}),
		text('description', 'Description', 'description', {
			required: true,
			typeOptions: { rows: 3 },
			description: 'What happened, in full',
		}),
		severityParam('How severe it is', vendorValue),
		text('domain', 'Domain', 'domain', {
			required: true,
			default: 'Security',
			description: 'The domain of the issue, as the tenant names it',
		}),
		text('category', 'Category', 'category', {
			required: true,
			placeholder: 'e.g. Configuration',
			description: 'The category of the issue, as the tenant names it',
		}),
		additionalFields(
			texts('asset_ids', 'Asset IDs', 'assetIds', {
				description: 'The assets concerned, separated by commas',
			}),
			text('assigned_to', 'Assigned To', 'assignedTo', {
				placeholder: 'e.g. user1@acme.com',
				description: 'The user to assign the issue to',
			}),
			sentAs('custom_fields', {
				displayName: 'Custom Fields',
				name: 'customFields',
				type: 'json',
				default: '{}',
				description: 'Fields that the tenant defines, as a JSON object',
			}),
			sentAs('is_excluded', {
				displayName: 'Excluded',
				name: 'isExcluded',
				type: 'boolean',
				default: false,
				description: 'Whether the issue is excluded',
			}),
			text('extended_description', 'Extended Description', 'extendedDescription', {
				description: 'More on what happened',
			}),
			text('impact', 'Impact', 'impact', { description: 'What it leads to' }),
			text('initial_evidence', 'Initial Evidence', 'initialEvidence', {
				description: 'What it was detected by',
			}),
			texts('mitre_tactics', 'MITRE Tactics', 'mitreTactics', {
				placeholder: 'e.g. TA0006 - Credential Access',
				description: 'Tactics, separated by commas',
			}),
			texts('mitre_techniques', 'MITRE Techniques', 'mitreTechniques', {
				description: 'Techniques, separated by commas',
			}),
			sentAs('normalized_fields', {
				displayName: 'Normalized Fields',
				name: 'normalizedFields',
				type: 'json',
				default: '{}',
				placeholder: 'e.g. { "xdm.source.host.hostname": "host-1" }',
				description: 'Fields of the XDM data model, as a JSON object',
			}),
			sentAs(
				'observation_time',
				{
					displayName: 'Observation Time',
					name: 'observationTime',
					type: 'dateTime',
					default: '',
					description: 'When it was observed. Without it, now.',
				},
				ifGiven(instant),
			),
			text('remediation', 'Remediation', 'remediation', { description: 'What to do about it' }),
			sentAs('is_starred', {
				displayName: 'Starred',
				name: 'isStarred',
				type: 'boolean',
				default: false,
				description: 'Whether the issue gets a star',
			}),
			texts('tags', 'Tags', 'tags', { description: 'Tags, separated by commas' }),
			text('type', 'Type', 'type', { description: 'The type of the issue' }),
		),
	],
	async run(api, { additionalFields: more, domain: named, ...issue }, call) {
		const { name } = issue;
		const severity = issueSeverities.in('today', issue.severity);
		const now = { observation_time: DateTime.utc().toMillis() };
		const fields = { ...issue, severity, ...now, ...more };
		// The field has another name in the older contract, too.
		const inSpelling = (spelling: Spelling) => {
			const domain = domains.in(spelling, named);
			return spelling === 'today' ? { ...fields, issue_domain: domain } : { ...fields, domain };
		};
		const { value, body } = await sendOnce(call, LOST, async (change) => {
			return await inEitherSpelling(
				inSpelling,
				async (sent) =>
					await api.change({
						path: 'public_api/v1/issue',
						data: { issue: sent },
						answer: created,
						what: 'the external ID of the new issue',
						...change,
						meanings: [
							{
								when: (_, status) => status === 400,
								message: 'Cortex XSIAM does not accept the issue',
								description:
									"Check 'Domain', 'Category', 'Severity' and the fields in JSON. The tenant does not say which of them is wrong.",
							},
						],
					}),
			);
		});
		return {
			item: item('issue', {
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
