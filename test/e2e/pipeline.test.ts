import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow, INJECT, startHousehold, withSettings, type Household } from './bench.js';
import { twoPeople, TWO_PEOPLE_NEED } from './households.js';
import { EACH_LINE } from './lines.js';

const NOTIFIER = { 'jit-notify': { notifier: '3' } };

for (const { line, skip } of EACH_LINE)
  describe.skipIf(skip)(`the packed package in a real Node-RED ${line.name}, with the example flow`, () => {
    let home: Household;
    beforeAll(async () => {
      home = await startHousehold(twoPeople, withSettings(await exampleFlow(), NOTIFIER), { line });
    });
    afterAll(() => home[Symbol.asyncDispose]());

    it('loads every node and does nothing at deploy', () => {
      expect(home.red.output).not.toMatch(/missing types|not loaded|\[error\]/i);
      expect(home.sandbox.servers.sonarr.exchanges).toEqual([]);
    });

    it('fetches the next episodes of everybody in the order of need', async () => {
      await home.red.run(INJECT);
      expect([...home.grabbed()].sort()).toEqual([...TWO_PEOPLE_NEED].sort());
    });

    it("puts their jobs on top of SABnzbd's queue in that order, others below in theirs", () => {
      expect(home.queue()).toEqual([...TWO_PEOPLE_NEED, 'Somebody.Elses.Film.2024.1080p', 'Another.Film.2023.1080p']);
      expect(home.sandbox.world.sabJobs().at(-1)?.priority).toBe(0);
    });

    it('tells it once, in one message that names what comes', () => {
      const [message, ...others] = home.sandbox.world.notifications();
      expect(others).toEqual([]);
      expect(message?.body).toContain('Harbour Lights');
      expect(message?.body).toContain('Night Ferry');
    });

    it('changes nothing in a second run', async () => {
      home.clear();
      await home.red.run(INJECT);
      expect(home.changes()).toEqual([]);
      expect(home.sandbox.servers.sonarr.exchanges.map(({ path }) => path)).not.toContain('/api/v3/release');
    });

    it('needs 5 requests when there is nothing new', () => {
      const { tautulli, sonarr, sabnzbd } = home.sandbox.servers;
      expect([tautulli.exchanges.length, sonarr.exchanges.length, sabnzbd.exchanges.length]).toEqual([1, 3, 1]);
    });

    it('searches nothing again after a restart', async () => {
      await home.red.stop();
      home.clear();
      await home.red.start();
      await home.red.run(INJECT);
      expect(home.changes()).toEqual([]);
      expect(home.sandbox.servers.sonarr.exchanges.map(({ path }) => path)).not.toContain('/api/v3/release');
    });

    it('moves on by one episode when the next one was watched', async () => {
      const before = home.grabbed().length;
      home.sandbox.world.addFile('Harbour Lights', 1, 3);
      home.sandbox.world.watch('Ann', 'Harbour Lights', 1, 3);
      await home.red.run(INJECT);
      expect(home.grabbed().slice(before)).toEqual(['Harbour Lights S01E08']);
      expect(home.sandbox.world.notifications()).toHaveLength(2);
    });
  });
