/**
 * n8n-workflow, in which every wait of the nodes takes two milliseconds, however long it was meant to
 * be. For `jest.mock('n8n-workflow', …)`.
 */
export = {
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
};
