/**
 * Builds what is installed from the repository: all of it where the development dependencies are installed.
 *
 * `npm install -g git+…`, which pre-commit runs for hooks, installs none of them before it runs `prepare`
 * (npm 10 and 11: the nested install is a global one too). So what builds the command line, and no more,
 * is installed into the clone here, at the versions of package.json.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILDERS = [
  'tsup',
  'typescript',
  'picomatch',
  '@noble/hashes',
  '@formatjs/intl-localematcher',
  'string-width',
]

function run(command, argv, cwd = ROOT) {
  const env = { ...process.env, npm_config_global: 'false', npm_config_location: 'project' }
  const { status } = spawnSync(command, argv, {
    cwd,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

const has = (name) => existsSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))

if (has('tsup') && has('rolldown')) run('npm', ['run', 'build'])
// npm runs `prepare` more than once: the second time finds what the first installed.
else if (has('tsup')) run('npx', ['--no-install', 'tsup', '--silent', '--no-dts'])
else {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  const versions = { ...devDependencies, ...dependencies }
  const names = [...Object.keys(dependencies), ...BUILDERS]
  const needed = Object.fromEntries(names.map((name) => [name, versions[name]]))
  // In a folder of their own: in this one npm leaves out what package.json lists for development.
  const apart = join(ROOT, '.cache', 'prepare')
  mkdirSync(apart, { recursive: true })
  writeFileSync(join(apart, 'package.json'), JSON.stringify({ private: true, dependencies: needed }))
  run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], apart)
  rmSync(join(ROOT, 'node_modules'), { recursive: true, force: true })
  renameSync(join(apart, 'node_modules'), join(ROOT, 'node_modules'))
  run('npx', ['--no-install', 'tsup', '--silent', '--no-dts'])
}
