import { describeEveryCredential } from '../kit/everyCredential';

describe('PAM360: a credential that is each item’s own, in every operation', () => {
	describeEveryCredential('pam360');
});
