import { randomInt } from 'node:crypto';

const letters = [
	'abcdefghijkmnopqrstuvwxyz',
	'ABCDEFGHJKLMNPQRSTUVWXYZ',
	'23456789',
	'!@#$%^&*()_+=',
];

const lengths: Record<string, number> = { Low: 8, Medium: 12 };

/** A password that meets the policy: each kind of character at least once. */
export function generatePassword(policy: string): string {
	const pick = (from: string) => from.charAt(randomInt(from.length));
	const length = lengths[policy] ?? 16;
	const rest = Array.from({ length: length - letters.length }, () => pick(letters.join('')));
	return [...letters.map(pick), ...rest].join('');
}

/**
 * Why a password does not meet its policy, `-` where it does (docs/api/pam360.md, "Details of an
 * account").
 */
export function compliance(password: string): { status: string; reason: string } {
	return password.length < 8
		? { status: 'Non-Compliant', reason: 'Minimum length must be 8' }
		: { status: 'Compliant', reason: '-' };
}
