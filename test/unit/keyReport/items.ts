import type { IDataObject } from 'n8n-workflow';
import type { Settings } from '../../../nodes/KeyReport/report/report';

export const NOW = Date.parse('2026-06-15T12:00:00Z');

const DAY = 86_400_000;

/** ISO 8601, so many days from now. */
export const inDays = (days: number) => new Date(NOW + days * DAY).toISOString();

export const settings: Settings = {
	title: 'Key inventory',
	expiresSoonDays: 14,
	oldAfterDays: 90,
	maxRows: Infinity,
	vendorNames: new Map([['cortexXsiam', 'Cortex XSIAM']]),
	zone: 'UTC',
};

/** As "API Key: Get Many" gives it. */
export const apiKey = (changes: IDataObject = {}): IDataObject => ({
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '21',
	comment: 'SIEM collector',
	lineage: '21',
	roles: ['Investigator'],
	securityLevel: 'advanced',
	createdAt: inDays(-10),
	createdBy: 'ada@example.com',
	createdByName: 'Ada Admin',
	expiresAt: inDays(80),
	daysLeft: 80,
	expired: false,
	...changes,
});

/** As "SSH Key: Get Many" of a vault gives it. */
export const sshKey = (changes: IDataObject = {}): IDataObject => ({
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '91',
	identifier: 'web-01-deploy',
	username: 'deploy',
	hostname: 'web-01',
	ip: '10.0.0.1',
	changedAt: inDays(-20),
	changedAtServerTime: '2026-05-26T12:00:00',
	ageDays: 20,
	ageUnknown: false,
	automaticChange: false,
	viewedAt: null,
	viewedAtServerTime: null,
	expiresAt: null,
	expiresAtServerTime: null,
	rotation: 'none',
	rotationStep: null,
	rotationSince: null,
	...changes,
});

/** As "Account: Get Many" gives it, whose server does not say in which zone it is. */
export const account = (changes: IDataObject = {}): IDataObject => ({
	vendor: 'pam360',
	type: 'account',
	id: '301',
	name: 'root',
	resourceId: '301',
	resourceName: 'WEB-LINUX-01',
	passwordStatus: '****',
	lastModifiedAt: null,
	lastModifiedAtServerTime: '2026-05-01T08:00:00',
	customFields: [],
	...changes,
});

/** As many as there may be, of three vendors and in every state. */
export function manyKeys(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => {
		const id = String(1000 + index);
		const age = (index * 37) % 900;
		if (index % 3 === 0) {
			const left = ((index * 13) % 220) - 20;
			const never = index % 41 === 0;
			return apiKey({
				id,
				lineage: index % 5 === 0 ? id : String(index),
				comment: `Collector ${index}`,
				createdAt: inDays(-age),
				expiresAt: never ? null : inDays(left),
				expired: !never && left < 0,
			});
		}
		if (index % 3 === 1) {
			return sshKey({
				id,
				identifier: `host-${index}-deploy`,
				hostname: `host-${index}`,
				ageDays: index % 7 === 0 ? null : age,
				rotation: index % 11 === 0 ? 'unfinished' : 'none',
				automaticChange: index % 13 === 0,
			});
		}
		return account({ id, name: `svc-${index}`, resourceName: `SRV-${index % 90}` });
	});
}

/** A few with names from life, for the picture of the documentation. */
export function sampleKeys(): IDataObject[] {
	const key = (id: string, comment: string, age: number, left: number | null, owner: string) =>
		apiKey({
			id,
			lineage: age > 150 ? id : String(Number(id) - 100),
			comment,
			createdAt: inDays(-age),
			expiresAt: left === null ? null : inDays(left),
			createdByName: owner,
		});
	const ssh = (id: string, host: string, changes: IDataObject) =>
		sshKey({ id, identifier: `${host}-deploy`, hostname: host, ...changes });
	return [
		key('4267', 'SIEM collector Berlin', 84, 6, 'Ada Admin'),
		key('4301', 'Ticket bridge', 171, 9, 'Grace H.'),
		key('4188', 'Old exporter, nobody knows', 412, null, 'Linus T.'),
		{ ...key('4305', 'Playbooks', 3, 87, 'Ada Admin'), lineage: '4190' },
		{ ...key('4190', 'Playbooks', 92, 11, 'Ada Admin'), lineage: '4190' },
		key('4310', 'Threat feed', 20, 70, 'Grace H.'),
		key('4311', 'Dashboard', 12, 78, 'Grace H.'),
		key('4312', 'Case sync', 33, 57, 'Ada Admin'),
		ssh('91', 'web-01', { ageDays: 12 }),
		ssh('92', 'web-02', { ageDays: 118, rotation: 'due' }),
		ssh('93', 'db-01', { rotation: 'unfinished', rotationSince: inDays(-2), ageDays: 97 }),
		ssh('94', 'legacy-7', { ageDays: null, ageUnknown: true }),
		ssh('95', 'build-03', { ageDays: 240, automaticChange: true }),
		account({ id: '301', name: 'root', resourceName: 'WEB-LINUX-01' }),
		account({ id: '302', name: 'svc-backup', resourceName: 'DB-ORACLE-02' }),
		account({
			id: '303',
			name: 'administrator',
			resourceName: 'DC-01',
			lastModifiedAtServerTime: '2025-11-02T08:00:00',
		}),
	];
}
