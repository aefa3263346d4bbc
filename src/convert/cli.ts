#!/usr/bin/env node
/** `npx @plex-jit/node-red-plex-jit convert config.json` */
import { main } from './command.js';

void main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});
