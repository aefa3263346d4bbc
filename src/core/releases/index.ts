export { choosePack, releasesFor } from './choose.js';
export { explainRejections } from './explain.js';
