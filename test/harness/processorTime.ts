/**
 * How many milliseconds of a processor some work takes in this process. A busy machine gives them later,
 * but not more of them.
 */
export async function processorTime(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
