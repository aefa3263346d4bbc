export { searchesNeeded, searchKey } from './budget.js';
export { coolDownUntil, type CoolDownFacts } from './cool-down.js';
export { planEpisodes, planInSteps, type PlanAndWants } from './plan.js';
export { episodesToRead, windowReachesEnd } from './read-ahead.js';
export { reasonFor } from './reasons.js';
