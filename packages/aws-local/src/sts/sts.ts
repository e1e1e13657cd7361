import { ACCOUNT } from '../engine/identity.ts';
import { COMMON_PARAMETERS, type QueryActions } from '../wire/query.ts';
import { xmlElement } from '../wire/xml.ts';

/** GetCallerIdentity: the one caller there is. */
export function stsActions(): QueryActions {
  return {
    GetCallerIdentity: {
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      run: async (form) => {
        form.allowOnly(COMMON_PARAMETERS);
        return [
          xmlElement('Arn', `arn:aws:iam::${ACCOUNT}:root`),
          xmlElement('UserId', ACCOUNT),
          xmlElement('Account', ACCOUNT),
        ].join('');
      },
    },
  };
}
