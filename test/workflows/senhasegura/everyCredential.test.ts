import { describeEveryCredential } from '../kit/everyCredential';

describe('senhasegura, OAuth 1.0: a credential that is each item’s own, in every operation', () => {
	describeEveryCredential('senhasegura');
});
