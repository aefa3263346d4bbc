export { prepareFlowNode, saveFlowNode } from './flow/form.js';
export { notifier, rules, template } from './flow/validators.js';
export { hint, mark, prepare, watch } from './fields/prepare.js';
export { custom, number, optionalUrl, picks, url } from './fields/validators.js';
export { text } from './texts.js';
export { post } from './post.js';
export { prepareServer, saveServer } from './server/server-form.js';
