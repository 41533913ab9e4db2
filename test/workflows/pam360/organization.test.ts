import { startPam360Simulator } from '../../simulators';
import type { Pam360Simulator } from '../../simulators';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { inputData, kit, success } from './kit';

const manage = (details: object) => ({
	method: 'POST' as const,
	path: '/restapi/json/v1/organizations/manage',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: inputData(details),
	reply: success('MANAGE ORGANIZATIONS'),
});

describeOperation(kit, 'organization', 'manage', {
	cases: [
		{
			name: 'grants',
			parameters: { managePermission: 'grant', orgIds: '2, 3', userIds: '={{ [21] }}' },
			exchanges: [manage({ userIds: [21], managePermission: 'grant', orgIds: [2, 3] })],
			items: {
				vendor: 'pam360',
				type: 'organizationPermission',
				id: null,
				granted: true,
				organizationIds: ['2', '3'],
				userIds: ['21'],
				userGroupIds: [],
			},
		},
		{
			name: 'revokes, with every field, and IDs beyond what a number holds',
			parameters: {
				managePermission: 'revoke',
				orgIds: '2',
				userIds: '9007199254740993',
				additionalFields: { approvalAdminId: 1, userGroupIds: '4' },
			},
			exchanges: [
				manage({
					userGroupIds: [4],
					userIds: ['9007199254740993'],
					managePermission: 'revoke',
					orgIds: [2],
					approvalAdminId: 1,
				}),
			],
			items: {
				vendor: 'pam360',
				type: 'organizationPermission',
				id: null,
				granted: false,
				organizationIds: ['2'],
				userIds: ['9007199254740993'],
				userGroupIds: ['4'],
			},
		},
	],
	refused: [
		['no organizations', { orgIds: '={{ [] }}' }, "'Organization IDs' is required"],
		['no users', { userIds: ',' }, "'User IDs' is required"],
		['names for IDs', { userIds: 'jdoe' }, "'User IDs' must hold IDs, which consist of digits"],
		[
			'a permission that is none',
			{ managePermission: '={{ "keep" }}' },
			"'Permission' must be one of grant, revoke",
		],
	],
});

describe('organizations of a PAM360 server', () => {
	let sim: Pam360Simulator;

	beforeAll(async () => {
		sim = await startPam360Simulator();
	});
	afterAll(async () => await sim.close());

	const run = (managePermission: string) =>
		runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: {
				resource: 'organization',
				operation: 'manage',
				managePermission,
				orgIds: '2',
				userIds: '21',
				additionalFields: { userGroupIds: '1' },
			},
			credentials: { pam360Api: credentialFor.pam360Api(sim.url) },
		});

	it('are given to users and taken from them', async () => {
		const managers = () => {
			const one = [...sim.state.organizations.values()].find(({ id }) => id === '2');
			return [...one!.userIds, ...one!.userGroupIds];
		};
		expect(said(await run('grant'))).toBe('');
		expect(managers()).toEqual(['21', '1']);
		expect(said(await run('revoke'))).toBe('');
		expect(managers()).toEqual([]);
	});

	it('are there in the MSP edition only', async () => {
		sim.settings.mspEdition = false;
		expect(said(await run('grant'))).toContain('MSP edition only');
	});
});
