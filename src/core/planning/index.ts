export { searchKey } from './budget.js';
export { planInSteps, type PlanAndWants } from './plan.js';
export { episodesToRead, windowReachesEnd } from './read-ahead.js';
export { reasonFor } from './reasons.js';
