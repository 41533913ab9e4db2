import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import type { Operation, Vendor } from '../../nodes/shared/operation';
import type { RunOptions } from './vendors';

type VendorName = RunOptions['vendor'];

const vendors: Record<VendorName, Pick<Vendor<never>, 'resources'>> = {
	pam360,
	cortexXsiam,
	senhasegura,
};

interface Entry {
	name: string;
	operation: Operation<never>;
}

const all: Entry[] = Object.entries(vendors).flatMap(([vendor, { resources }]) =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => ({
			name: `${vendor} ${value} ${operation.value}`,
			operation,
		})),
	),
);

describe('every operation', () => {
	it('that makes something says what becomes of a further try', () => {
		const silent = all.filter(
			({ operation: { issues, furtherTries } }) => issues !== undefined && !furtherTries,
		);
		expect(silent.map(({ name }) => name)).toEqual([]);
	});

	it('that sends what may not be sent twice says so, too', () => {
		const root = join(__dirname, '../../nodes');
		const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.operation.ts'))
			.filter((file) =>
				/repeatable: false|(send|make)Once\(|createIn\(/.test(
					readFileSync(join(root, file), 'utf8'),
				),
			);
		expect(files.length).toBeGreaterThan(10);
		const silent = files.filter(
			(file) => !/furtherTries:/.test(readFileSync(join(root, file), 'utf8')),
		);
		expect(silent).toEqual([]);
	});

	it('has a reason where a further try is let be', () => {
		const reasons = all.flatMap(({ name, operation: { furtherTries: further } }) => {
			switch (further?.are) {
				case 'harmless':
					return [[name, further.because]];
				case 'resolved':
					return [[name, further.by]];
				default:
					return [];
			}
		});
		expect(reasons.filter(([, reason]) => !/^[a-z].{10,}[^.]$/.test(reason ?? ''))).toEqual([]);
		expect(reasons.map(([name]) => name).sort()).toEqual([
			'cortexXsiam apiKey generate',
			'cortexXsiam apiKey rotate',
			'cortexXsiam xql runQuery',
			'pam360 account upsert',
			'pam360 password reset',
			'pam360 resource upsert',
			'senhasegura certificate import',
			'senhasegura credential changePassword',
			'senhasegura credential get',
			'senhasegura credential upsert',
			'senhasegura device upsert',
			'senhasegura safeApiSecret upsert',
			'senhasegura secret upsert',
			'senhasegura session createWebProxySession',
			'senhasegura sshKey create',
			'senhasegura sshKey rotate',
			'senhasegura sshKey upsert',
		]);
	});
});
