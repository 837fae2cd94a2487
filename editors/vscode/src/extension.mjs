/**
 * The extension: starts the bundled language server for YAML documents and stops it again.
 *
 * The server is the one of this extension, never one of the workspace, so that opening a folder runs none of
 * its code. The server itself decides which YAML files are scope policies and is silent about the others.
 */
import { join } from 'node:path'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'

/** @type {LanguageClient | undefined} */
let client

/** @param {import('vscode').ExtensionContext} context */
export function activate(context) {
  const server = {
    module: context.asAbsolutePath(join('dist', 'server.mjs')),
    args: ['lsp'],
    transport: TransportKind.stdio,
  }
  client = new LanguageClient('scopePolicy', 'Scope policy', server, {
    documentSelector: [{ language: 'yaml' }],
    diagnosticCollectionName: 'scope-policy',
  })
  return client.start()
}

export function deactivate() {
  return client?.stop()
}
