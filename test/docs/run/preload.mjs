/* global Response */
/** Loaded before a script of the documentation: the keys of `https://login.example` are those of the test. */
const { fetch } = globalThis
globalThis.fetch = (resource, options) =>
  String(resource) === 'https://login.example/jwks'
    ? Promise.resolve(Response.json(JSON.parse(process.env.TEST_JWKS)))
    : fetch(resource, options)
