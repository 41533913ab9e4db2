import { describeEveryCredential } from '../kit/everyCredential';

describe('Cortex XSIAM: a credential that is each item’s own, in every operation', () => {
	describeEveryCredential('cortexXsiam');
});
