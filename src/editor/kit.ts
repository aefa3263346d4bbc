export { prepareFlowNode, saveFlowNode } from './flow/form.js';
export { notifier, rules, template } from './flow/validators.js';
export { number, optionalUrl, picks, url } from './fields/validators.js';
export { prepareServer, saveServer } from './server/server-form.js';
