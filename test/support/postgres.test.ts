import pg from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from './postgres.js';

test('two fresh databases share nothing', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  const inOne = new pg.Client({ connectionString: one.url });
  const inTwo = new pg.Client({ connectionString: two.url });
  await Promise.all([inOne.connect(), inTwo.connect()]);
  await inOne.query('CREATE TABLE things (id TEXT)');
  const found = await inTwo.query("SELECT * FROM pg_tables WHERE tablename = 'things'");
  expect(found.rows).toEqual([]);
  await Promise.all([inOne.end(), inTwo.end()]);
  await Promise.all([one.drop(), two.drop()]);
});
