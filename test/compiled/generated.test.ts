import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generateRuntimes, RUNTIMES_FILE } from '../../schema/runtimes.ts'

test('the runtimes are what `npm run generate` writes', async () => {
  expect(readFileSync(RUNTIMES_FILE, 'utf8')).toBe(await generateRuntimes())
})
