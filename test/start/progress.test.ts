import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Embedded } from '../../scripts/start/embedded.js';
import { logTo } from '../../scripts/start/log.js';
import { showProgress } from '../../scripts/start/progress.js';

const terminal = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 40, written, write: (text: string) => written.push(text) };
};

const flow = () => {
  const events = new EventEmitter();
  const nodes = [
    { id: 's', type: 'plex-jit-sonarr-search' },
    { id: 'd', type: 'debug' },
  ];
  const runtime = { events, nodes: { eachNode: (callback: (node: object) => void) => nodes.forEach(callback) } };
  return { events, embedded: { runtime } as unknown as Embedded };
};

describe('the progress of a run', () => {
  it('is what our nodes show, each in the place of the one before, and is gone at the end', () => {
    const { events, embedded } = flow();
    const screen = terminal(true);
    const end = showProgress(embedded, screen);
    events.emit('node-status', { id: 's', status: { text: 'searching 1/3 · Harbour Lights S02E06' } });
    events.emit('node-status', { id: 'd', status: { text: 'not ours' } });
    events.emit('node-status', { id: 's', status: {} });
    end();
    events.emit('node-status', { id: 's', status: { text: 'too late' } });
    expect(screen.written).toEqual(['\r\u001b[2Ksonarr search: searching 1/3 · Harbour ', '\r\u001b[2K']);
  });

  it('makes room for a line of the log, which stands on a line of its own', () => {
    const { events, embedded } = flow();
    const screen = terminal(true);
    showProgress(embedded, screen);
    events.emit('node-status', { id: 's', status: { text: 'searching 1/3' } });
    logTo(screen)({ level: 40, type: 'plex-jit-sonarr-search', msg: 'Grabbed.' });
    expect(screen.written.join('')).toBe(
      '\r\u001b[2Ksonarr search: searching 1/3\r\u001b[2K[info] sonarr-search: Grabbed.\n',
    );
    const pipe = terminal(false);
    logTo(pipe)({ level: 40, type: 'plex-jit-sonarr-search', msg: 'Grabbed.' });
    expect(pipe.written).toEqual(['[info] sonarr-search: Grabbed.\n']);
  });

  it('is for a terminal only', () => {
    const { events, embedded } = flow();
    const pipe = terminal(false);
    const end = showProgress(embedded, pipe);
    events.emit('node-status', { id: 's', status: { text: 'searching' } });
    end();
    expect(pipe.written).toEqual([]);
    expect(events.listenerCount('node-status')).toBe(0);
  });
});
