/**
 * What is under test, as one value: the built package, its sources, or one of them with a fault planted in
 * it to see that the fault is found.
 */
import type * as Library from '../../src/index.ts'
import type * as Compiled from '../../src/compiled/index.ts'
import type * as Analysis from '../../src/analysis/index.ts'

export interface Subject {
  readonly parsePolicy: typeof Library.parsePolicy
  readonly toCompiled: typeof Compiled.toCompiled
  readonly fromCompiled: typeof Compiled.fromCompiled
  readonly toModule: typeof Compiled.toModule
  readonly compareScopes: typeof Analysis.compareScopes
}

/** `dist` is what users get; `src` needs no build. */
export async function loadSubject(from: 'dist' | 'src'): Promise<Subject> {
  const entry = (name: string): string =>
    new URL(from === 'dist' ? `../../dist/${name}.js` : `../../src/${name}.ts`, import.meta.url).href
  const index = (folder: string): string => (from === 'dist' ? folder : `${folder}/index`)
  const library = (await import(/* @vite-ignore */ entry('index'))) as typeof Library
  const compiled = (await import(/* @vite-ignore */ entry(index('compiled')))) as typeof Compiled
  const analysis = (await import(/* @vite-ignore */ entry(index('analysis')))) as typeof Analysis
  return {
    parsePolicy: library.parsePolicy,
    toCompiled: compiled.toCompiled,
    fromCompiled: compiled.fromCompiled,
    toModule: compiled.toModule,
    compareScopes: analysis.compareScopes,
  }
}

/** The module as a runtime imports it. It stays in memory for the rest of the thread's life. */
export async function importModule(source: string): Promise<Compiled.CompiledPolicy> {
  const url = `data:text/javascript,${encodeURIComponent(source)}`
  return (await import(/* @vite-ignore */ url)) as Compiled.CompiledPolicy
}
