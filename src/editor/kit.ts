export { hint, mark, prepare, watch } from './fields/prepare.js';
export { custom, number, picks, url } from './fields/validators.js';
export { text } from './texts.js';
