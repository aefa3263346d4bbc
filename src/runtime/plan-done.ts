import type { Plan, ResultCode } from '../core/contracts/index.js';

const DONE: Readonly<Record<ResultCode, boolean>> = {
  grabbed: true,
  'command-sent': true,
  unsettled: true,
  'nothing-found': true,
  'nothing-acceptable': true,
  'would-search': false,
  failed: false,
  skipped: false,
};

/** Whether this run has already done or found out something; then the plan goes on although a server was lost. */
export const somethingDone = (plan: Plan): boolean =>
  plan.items.some(({ result, queue }) => queue !== null || (result !== null && DONE[result.code]));
