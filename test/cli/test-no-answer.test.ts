import { expect, test } from 'vitest'
import { folderWith, runCli, WITH_ERROR } from './run-cli.ts'

const REQUESTS = 'requests: [{ GET /workers/me: [profile] }]\n'

test.each(['junit', 'json', 'sarif', 'github', 'gitlab', 'compact', 'pretty'])(
  'a table that could not be run is an error in the format %s, and the exit code is 2',
  async (format) => {
    const cwd = folderWith({
      'a.test.yaml': `policy: nofile.yaml\n${REQUESTS}`,
      'b.test.yaml': `policy: broken.yaml\n${REQUESTS}`,
      'c.test.yaml': `policy: broken.yaml\n${REQUESTS}`,
      'broken.yaml': WITH_ERROR,
    })
    const { code, stdout, stderr } = await runCli(['test', '--format', format], { cwd })
    expect(code).toBe(2)
    expect(stdout).toContain('nofile.yaml')
    expect(stdout).toContain('does not exist')
    expect(stdout).toContain('decides nothing')
    expect(stderr.match(/decides nothing/g)).toHaveLength(1)
    if (format === 'junit') expect(stdout).toContain('failures="3"')
    if (format === 'compact') expect(stdout).toContain('a.test.yaml:1:9: error: ')
  },
)
