// Generated from schema/scope-policy.schema.json by `npm run generate`. Do not edit.
'use strict'
export const validateName = validate31
const schema16 = {
  title: 'Scope name',
  description:
    'A scope-token of RFC 6749 section 3.3: printable ASCII without space, quote and backslash; or several, separated by single spaces. Names that begin with $ are reserved.',
  type: 'string',
  pattern:
    '^(?:\\$(?:schema|options|baseline)|[!#%-\\[\\]-~][!#-\\[\\]-~]*(?: [!#%-\\[\\]-~][!#-\\[\\]-~]*)*)$',
}
const pattern0 = new RegExp(
  '^(?:\\$(?:schema|options|baseline)|[!#%-\\[\\]-~][!#-\\[\\]-~]*(?: [!#%-\\[\\]-~][!#-\\[\\]-~]*)*)$',
  'u',
)

function validate31(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data === 'string') {
    if (!pattern0.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: {
          pattern:
            '^(?:\\$(?:schema|options|baseline)|[!#%-\\[\\]-~][!#-\\[\\]-~]*(?: [!#%-\\[\\]-~][!#-\\[\\]-~]*)*)$',
        },
      }
      if (vErrors === null) {
        vErrors = [err0]
      } else {
        vErrors.push(err0)
      }
      errors++
    }
  } else {
    const err1 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'string' } }
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  validate31.errors = vErrors
  return errors === 0
}

export const validateScope = validate32
const schema17 = {
  title: 'Scope',
  description: 'One OAuth scope: its consent text and what it opens.',
  type: 'object',
  properties: {
    label: {
      title: 'Label',
      description:
        'Consent text: what the person allows, in one line; or one text for each BCP 47 language tag.',
      allOf: [{ $ref: '#/definitions/localizedText' }],
    },
    endpoints: {
      title: 'Endpoints',
      description: 'What the scope opens. An empty list opens nothing.',
      type: 'array',
      items: { $ref: '#/definitions/endpoint' },
    },
    includes: {
      title: 'Includes',
      description: 'Scopes whose grants this scope also has.',
      type: 'array',
      items: { title: 'Scope name', type: 'string' },
    },
    description: {
      title: 'Description',
      description: 'Longer consent text, or one for each language tag.',
      allOf: [{ $ref: '#/definitions/localizedText' }],
    },
    group: {
      title: 'Group',
      description: 'Heading under which the consent screen lists the scope, or one for each language tag.',
      allOf: [{ $ref: '#/definitions/localizedText' }],
    },
    risk: {
      title: 'Risk',
      description:
        'What the consent page states. Without it the page states high where the methods show it, else nothing.',
      type: 'string',
      enum: ['low', 'medium', 'high'],
    },
    optional: {
      title: 'Optional',
      description: 'Whether the person may refuse this scope on its own.',
      type: 'boolean',
    },
    tools: {
      title: 'Tools',
      description: 'Names of MCP tools that the scope may call; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
    resources: {
      title: 'Resources',
      description: 'URIs of MCP resources that the scope may read; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
    prompts: {
      title: 'Prompts',
      description: 'Names of MCP prompts that the scope may get; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
    aliases: {
      title: 'Aliases',
      description: 'Other names by which tokens carry the scope.',
      type: 'array',
      items: { $ref: '#/definitions/scopeToken' },
    },
    requestAs: {
      title: 'Request as',
      description: 'The name by which clients ask for the scope.',
      allOf: [{ $ref: '#/definitions/scopeToken' }],
    },
    deprecated: {
      title: 'Deprecated',
      description: 'true, or the scopes to use instead, since when, and a note. The scope still grants.',
      allOf: [{ $ref: '#/definitions/deprecation' }],
    },
    consent: {
      title: 'Consent',
      description:
        'implicit: the consent page never lists the scope, and it is granted with the others. Default explicit.',
      type: 'string',
      enum: ['explicit', 'implicit'],
    },
  },
  patternProperties: { '^x-': { title: 'Extension', description: 'Ignored.' } },
  additionalProperties: false,
  required: ['label'],
  if: {
    anyOf: [
      { required: ['includes'] },
      { required: ['tools'] },
      { required: ['resources'] },
      { required: ['prompts'] },
    ],
  },
  then: true,
  else: { required: ['endpoints'] },
}
const schema28 = {
  title: 'Name pattern',
  description: 'A name or URI; * matches any run of characters, everything else for itself.',
  type: 'string',
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
}
const schema31 = {
  title: 'Scope name',
  description: 'A scope-token of RFC 6749 section 3.3.',
  type: 'string',
  pattern: '^[!#-\\[\\]-~]+$',
}
const func2 = Object.prototype.hasOwnProperty
const pattern2 = new RegExp('^x-', 'u')
const pattern6 = new RegExp('^[^\\u0000-\\u001f\\u007f]+$', 'u')
const pattern11 = new RegExp('^[!#-\\[\\]-~]+$', 'u')
const schema18 = {
  type: ['string', 'object'],
  if: { type: 'string' },
  then: { $ref: '#/definitions/text' },
  else: {
    minProperties: 1,
    propertyNames: { $ref: '#/definitions/languageTag' },
    additionalProperties: { $ref: '#/definitions/text' },
  },
}
const schema19 = { type: 'string', pattern: '\\S' }
const schema20 = {
  title: 'Language tag',
  description: 'A language tag of BCP 47, such as en or pt-BR.',
  type: 'string',
  pattern: '^(?:[A-Za-z]{2,8}|[xX](?=-))(?:-[A-Za-z0-9]{1,8})*$',
}
const pattern3 = new RegExp('\\S', 'u')
const pattern4 = new RegExp('^(?:[A-Za-z]{2,8}|[xX](?=-))(?:-[A-Za-z0-9]{1,8})*$', 'u')

function validate14(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'string' && !(data && typeof data == 'object' && !Array.isArray(data))) {
    const err0 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: schema18.type } }
    if (vErrors === null) {
      vErrors = [err0]
    } else {
      vErrors.push(err0)
    }
    errors++
  }
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  if (typeof data !== 'string') {
    const err1 = {}
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  let ifClause0
  if (_valid0) {
    const _errs4 = errors
    if (typeof data === 'string') {
      if (!pattern3.test(data)) {
        const err2 = {
          instancePath,
          schemaPath: '#/definitions/text/pattern',
          keyword: 'pattern',
          params: { pattern: '\\S' },
        }
        if (vErrors === null) {
          vErrors = [err2]
        } else {
          vErrors.push(err2)
        }
        errors++
      }
    } else {
      const err3 = {
        instancePath,
        schemaPath: '#/definitions/text/type',
        keyword: 'type',
        params: { type: 'string' },
      }
      if (vErrors === null) {
        vErrors = [err3]
      } else {
        vErrors.push(err3)
      }
      errors++
    }
    var _valid0 = _errs4 === errors
    valid0 = _valid0
    ifClause0 = 'then'
  } else {
    const _errs7 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (Object.keys(data).length < 1) {
        const err4 = {
          instancePath,
          schemaPath: '#/else/minProperties',
          keyword: 'minProperties',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err4]
        } else {
          vErrors.push(err4)
        }
        errors++
      }
      for (const key0 in data) {
        const _errs8 = errors
        if (typeof key0 === 'string') {
          if (!pattern4.test(key0)) {
            const err5 = {
              instancePath,
              schemaPath: '#/definitions/languageTag/pattern',
              keyword: 'pattern',
              params: { pattern: '^(?:[A-Za-z]{2,8}|[xX](?=-))(?:-[A-Za-z0-9]{1,8})*$' },
              propertyName: key0,
            }
            if (vErrors === null) {
              vErrors = [err5]
            } else {
              vErrors.push(err5)
            }
            errors++
          }
        } else {
          const err6 = {
            instancePath,
            schemaPath: '#/definitions/languageTag/type',
            keyword: 'type',
            params: { type: 'string' },
            propertyName: key0,
          }
          if (vErrors === null) {
            vErrors = [err6]
          } else {
            vErrors.push(err6)
          }
          errors++
        }
        var valid2 = _errs8 === errors
        if (!valid2) {
          const err7 = {
            instancePath,
            schemaPath: '#/else/propertyNames',
            keyword: 'propertyNames',
            params: { propertyName: key0 },
          }
          if (vErrors === null) {
            vErrors = [err7]
          } else {
            vErrors.push(err7)
          }
          errors++
        }
      }
      for (const key1 in data) {
        let data0 = data[key1]
        if (typeof data0 === 'string') {
          if (!pattern3.test(data0)) {
            const err8 = {
              instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/definitions/text/pattern',
              keyword: 'pattern',
              params: { pattern: '\\S' },
            }
            if (vErrors === null) {
              vErrors = [err8]
            } else {
              vErrors.push(err8)
            }
            errors++
          }
        } else {
          const err9 = {
            instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
            schemaPath: '#/definitions/text/type',
            keyword: 'type',
            params: { type: 'string' },
          }
          if (vErrors === null) {
            vErrors = [err9]
          } else {
            vErrors.push(err9)
          }
          errors++
        }
      }
    }
    var _valid0 = _errs7 === errors
    valid0 = _valid0
    ifClause0 = 'else'
  }
  if (!valid0) {
    const err10 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: ifClause0 } }
    if (vErrors === null) {
      vErrors = [err10]
    } else {
      vErrors.push(err10)
    }
    errors++
  }
  validate14.errors = vErrors
  return errors === 0
}

const schema22 = {
  title: 'Endpoint',
  description: "A path pattern, alone (the API's methods) or with its methods.",
  type: ['string', 'object'],
  if: { type: 'string' },
  then: { $ref: '#/definitions/pattern' },
  else: {
    minProperties: 1,
    maxProperties: 1,
    propertyNames: { $ref: '#/definitions/pattern' },
    additionalProperties: { $ref: '#/definitions/methods' },
  },
}
const schema23 = {
  title: 'Path pattern',
  description:
    'A path as on the wire, with or without leading slash; * matches any run of characters. The whole path must match.',
  type: 'string',
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
}
const schema25 = {
  title: 'Methods',
  description: 'One HTTP method, or a list of them.',
  type: ['string', 'array'],
  if: { type: 'string' },
  then: { $ref: '#/definitions/methodToken' },
  else: { minItems: 1, items: { $ref: '#/definitions/methodToken' } },
}
const schema13 = {
  title: 'HTTP method',
  description: 'A method of the IANA HTTP Method Registry.',
  type: 'string',
  enum: [
    'ACL',
    'BASELINE-CONTROL',
    'BIND',
    'CHECKIN',
    'CHECKOUT',
    'CONNECT',
    'COPY',
    'DELETE',
    'GET',
    'HEAD',
    'LABEL',
    'LINK',
    'LOCK',
    'MERGE',
    'MKACTIVITY',
    'MKCALENDAR',
    'MKCOL',
    'MKREDIRECTREF',
    'MKWORKSPACE',
    'MOVE',
    'OPTIONS',
    'ORDERPATCH',
    'PATCH',
    'POST',
    'PRI',
    'PROPFIND',
    'PROPPATCH',
    'PUT',
    'QUERY',
    'REBIND',
    'REPORT',
    'SEARCH',
    'TRACE',
    'UNBIND',
    'UNCHECKOUT',
    'UNLINK',
    'UNLOCK',
    'UPDATE',
    'UPDATEREDIRECTREF',
    'VERSION-CONTROL',
  ],
}

function validate17(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'string' && !Array.isArray(data)) {
    const err0 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: schema25.type } }
    if (vErrors === null) {
      vErrors = [err0]
    } else {
      vErrors.push(err0)
    }
    errors++
  }
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  if (typeof data !== 'string') {
    const err1 = {}
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  let ifClause0
  if (_valid0) {
    const _errs4 = errors
    if (typeof data !== 'string') {
      const err2 = {
        instancePath,
        schemaPath: '#/definitions/methodToken/type',
        keyword: 'type',
        params: { type: 'string' },
      }
      if (vErrors === null) {
        vErrors = [err2]
      } else {
        vErrors.push(err2)
      }
      errors++
    }
    if (!(
      data === 'ACL' ||
      data === 'BASELINE-CONTROL' ||
      data === 'BIND' ||
      data === 'CHECKIN' ||
      data === 'CHECKOUT' ||
      data === 'CONNECT' ||
      data === 'COPY' ||
      data === 'DELETE' ||
      data === 'GET' ||
      data === 'HEAD' ||
      data === 'LABEL' ||
      data === 'LINK' ||
      data === 'LOCK' ||
      data === 'MERGE' ||
      data === 'MKACTIVITY' ||
      data === 'MKCALENDAR' ||
      data === 'MKCOL' ||
      data === 'MKREDIRECTREF' ||
      data === 'MKWORKSPACE' ||
      data === 'MOVE' ||
      data === 'OPTIONS' ||
      data === 'ORDERPATCH' ||
      data === 'PATCH' ||
      data === 'POST' ||
      data === 'PRI' ||
      data === 'PROPFIND' ||
      data === 'PROPPATCH' ||
      data === 'PUT' ||
      data === 'QUERY' ||
      data === 'REBIND' ||
      data === 'REPORT' ||
      data === 'SEARCH' ||
      data === 'TRACE' ||
      data === 'UNBIND' ||
      data === 'UNCHECKOUT' ||
      data === 'UNLINK' ||
      data === 'UNLOCK' ||
      data === 'UPDATE' ||
      data === 'UPDATEREDIRECTREF' ||
      data === 'VERSION-CONTROL'
    )) {
      const err3 = {
        instancePath,
        schemaPath: '#/definitions/methodToken/enum',
        keyword: 'enum',
        params: { allowedValues: schema13.enum },
      }
      if (vErrors === null) {
        vErrors = [err3]
      } else {
        vErrors.push(err3)
      }
      errors++
    }
    var _valid0 = _errs4 === errors
    valid0 = _valid0
    ifClause0 = 'then'
  } else {
    const _errs7 = errors
    if (Array.isArray(data)) {
      if (data.length < 1) {
        const err4 = {
          instancePath,
          schemaPath: '#/else/minItems',
          keyword: 'minItems',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err4]
        } else {
          vErrors.push(err4)
        }
        errors++
      }
      const len0 = data.length
      for (let i0 = 0; i0 < len0; i0++) {
        let data0 = data[i0]
        if (typeof data0 !== 'string') {
          const err5 = {
            instancePath: instancePath + '/' + i0,
            schemaPath: '#/definitions/methodToken/type',
            keyword: 'type',
            params: { type: 'string' },
          }
          if (vErrors === null) {
            vErrors = [err5]
          } else {
            vErrors.push(err5)
          }
          errors++
        }
        if (!(
          data0 === 'ACL' ||
          data0 === 'BASELINE-CONTROL' ||
          data0 === 'BIND' ||
          data0 === 'CHECKIN' ||
          data0 === 'CHECKOUT' ||
          data0 === 'CONNECT' ||
          data0 === 'COPY' ||
          data0 === 'DELETE' ||
          data0 === 'GET' ||
          data0 === 'HEAD' ||
          data0 === 'LABEL' ||
          data0 === 'LINK' ||
          data0 === 'LOCK' ||
          data0 === 'MERGE' ||
          data0 === 'MKACTIVITY' ||
          data0 === 'MKCALENDAR' ||
          data0 === 'MKCOL' ||
          data0 === 'MKREDIRECTREF' ||
          data0 === 'MKWORKSPACE' ||
          data0 === 'MOVE' ||
          data0 === 'OPTIONS' ||
          data0 === 'ORDERPATCH' ||
          data0 === 'PATCH' ||
          data0 === 'POST' ||
          data0 === 'PRI' ||
          data0 === 'PROPFIND' ||
          data0 === 'PROPPATCH' ||
          data0 === 'PUT' ||
          data0 === 'QUERY' ||
          data0 === 'REBIND' ||
          data0 === 'REPORT' ||
          data0 === 'SEARCH' ||
          data0 === 'TRACE' ||
          data0 === 'UNBIND' ||
          data0 === 'UNCHECKOUT' ||
          data0 === 'UNLINK' ||
          data0 === 'UNLOCK' ||
          data0 === 'UPDATE' ||
          data0 === 'UPDATEREDIRECTREF' ||
          data0 === 'VERSION-CONTROL'
        )) {
          const err6 = {
            instancePath: instancePath + '/' + i0,
            schemaPath: '#/definitions/methodToken/enum',
            keyword: 'enum',
            params: { allowedValues: schema13.enum },
          }
          if (vErrors === null) {
            vErrors = [err6]
          } else {
            vErrors.push(err6)
          }
          errors++
        }
      }
    }
    var _valid0 = _errs7 === errors
    valid0 = _valid0
    ifClause0 = 'else'
  }
  if (!valid0) {
    const err7 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: ifClause0 } }
    if (vErrors === null) {
      vErrors = [err7]
    } else {
      vErrors.push(err7)
    }
    errors++
  }
  validate17.errors = vErrors
  return errors === 0
}

function validate16(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'string' && !(data && typeof data == 'object' && !Array.isArray(data))) {
    const err0 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: schema22.type } }
    if (vErrors === null) {
      vErrors = [err0]
    } else {
      vErrors.push(err0)
    }
    errors++
  }
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  if (typeof data !== 'string') {
    const err1 = {}
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  let ifClause0
  if (_valid0) {
    const _errs4 = errors
    if (typeof data === 'string') {
      if (!pattern6.test(data)) {
        const err2 = {
          instancePath,
          schemaPath: '#/definitions/pattern/pattern',
          keyword: 'pattern',
          params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
        }
        if (vErrors === null) {
          vErrors = [err2]
        } else {
          vErrors.push(err2)
        }
        errors++
      }
    } else {
      const err3 = {
        instancePath,
        schemaPath: '#/definitions/pattern/type',
        keyword: 'type',
        params: { type: 'string' },
      }
      if (vErrors === null) {
        vErrors = [err3]
      } else {
        vErrors.push(err3)
      }
      errors++
    }
    var _valid0 = _errs4 === errors
    valid0 = _valid0
    ifClause0 = 'then'
  } else {
    const _errs7 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (Object.keys(data).length > 1) {
        const err4 = {
          instancePath,
          schemaPath: '#/else/maxProperties',
          keyword: 'maxProperties',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err4]
        } else {
          vErrors.push(err4)
        }
        errors++
      }
      if (Object.keys(data).length < 1) {
        const err5 = {
          instancePath,
          schemaPath: '#/else/minProperties',
          keyword: 'minProperties',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err5]
        } else {
          vErrors.push(err5)
        }
        errors++
      }
      for (const key0 in data) {
        const _errs8 = errors
        if (typeof key0 === 'string') {
          if (!pattern6.test(key0)) {
            const err6 = {
              instancePath,
              schemaPath: '#/definitions/pattern/pattern',
              keyword: 'pattern',
              params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              propertyName: key0,
            }
            if (vErrors === null) {
              vErrors = [err6]
            } else {
              vErrors.push(err6)
            }
            errors++
          }
        } else {
          const err7 = {
            instancePath,
            schemaPath: '#/definitions/pattern/type',
            keyword: 'type',
            params: { type: 'string' },
            propertyName: key0,
          }
          if (vErrors === null) {
            vErrors = [err7]
          } else {
            vErrors.push(err7)
          }
          errors++
        }
        var valid2 = _errs8 === errors
        if (!valid2) {
          const err8 = {
            instancePath,
            schemaPath: '#/else/propertyNames',
            keyword: 'propertyNames',
            params: { propertyName: key0 },
          }
          if (vErrors === null) {
            vErrors = [err8]
          } else {
            vErrors.push(err8)
          }
          errors++
        }
      }
      for (const key1 in data) {
        if (
          !validate17(data[key1], {
            instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
            parentData: data,
            parentDataProperty: key1,
            rootData,
          })
        ) {
          vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors)
          errors = vErrors.length
        }
      }
    }
    var _valid0 = _errs7 === errors
    valid0 = _valid0
    ifClause0 = 'else'
  }
  if (!valid0) {
    const err9 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: ifClause0 } }
    if (vErrors === null) {
      vErrors = [err9]
    } else {
      vErrors.push(err9)
    }
    errors++
  }
  validate16.errors = vErrors
  return errors === 0
}

const schema33 = {
  title: 'Deprecation',
  description: 'true, or what to use instead, since when, and a note.',
  type: ['boolean', 'object'],
  if: { type: 'boolean' },
  then: { enum: [true] },
  else: {
    properties: {
      use: {
        title: 'Use',
        description: 'Scopes of this document to ask for instead.',
        type: 'array',
        items: { title: 'Scope name', type: 'string' },
      },
      since: {
        title: 'Since',
        description: 'A date such as 2026-01-31.',
        type: 'string',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      },
      note: {
        title: 'Note',
        description: 'For people who use the scope.',
        allOf: [{ $ref: '#/definitions/text' }],
      },
    },
    additionalProperties: false,
  },
}
const pattern13 = new RegExp('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'u')

function validate22(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'boolean' && !(data && typeof data == 'object' && !Array.isArray(data))) {
    const err0 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: schema33.type } }
    if (vErrors === null) {
      vErrors = [err0]
    } else {
      vErrors.push(err0)
    }
    errors++
  }
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  if (typeof data !== 'boolean') {
    const err1 = {}
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  let ifClause0
  if (_valid0) {
    const _errs4 = errors
    if (!(data === true)) {
      const err2 = {
        instancePath,
        schemaPath: '#/then/enum',
        keyword: 'enum',
        params: { allowedValues: schema33.then.enum },
      }
      if (vErrors === null) {
        vErrors = [err2]
      } else {
        vErrors.push(err2)
      }
      errors++
    }
    var _valid0 = _errs4 === errors
    valid0 = _valid0
    ifClause0 = 'then'
  } else {
    const _errs5 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      for (const key0 in data) {
        if (!(key0 === 'use' || key0 === 'since' || key0 === 'note')) {
          const err3 = {
            instancePath,
            schemaPath: '#/else/additionalProperties',
            keyword: 'additionalProperties',
            params: { additionalProperty: key0 },
          }
          if (vErrors === null) {
            vErrors = [err3]
          } else {
            vErrors.push(err3)
          }
          errors++
        }
      }
      if (data.use !== undefined) {
        let data0 = data.use
        if (Array.isArray(data0)) {
          const len0 = data0.length
          for (let i0 = 0; i0 < len0; i0++) {
            if (typeof data0[i0] !== 'string') {
              const err4 = {
                instancePath: instancePath + '/use/' + i0,
                schemaPath: '#/else/properties/use/items/type',
                keyword: 'type',
                params: { type: 'string' },
              }
              if (vErrors === null) {
                vErrors = [err4]
              } else {
                vErrors.push(err4)
              }
              errors++
            }
          }
        } else {
          const err5 = {
            instancePath: instancePath + '/use',
            schemaPath: '#/else/properties/use/type',
            keyword: 'type',
            params: { type: 'array' },
          }
          if (vErrors === null) {
            vErrors = [err5]
          } else {
            vErrors.push(err5)
          }
          errors++
        }
      }
      if (data.since !== undefined) {
        let data2 = data.since
        if (typeof data2 === 'string') {
          if (!pattern13.test(data2)) {
            const err6 = {
              instancePath: instancePath + '/since',
              schemaPath: '#/else/properties/since/pattern',
              keyword: 'pattern',
              params: { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
            }
            if (vErrors === null) {
              vErrors = [err6]
            } else {
              vErrors.push(err6)
            }
            errors++
          }
        } else {
          const err7 = {
            instancePath: instancePath + '/since',
            schemaPath: '#/else/properties/since/type',
            keyword: 'type',
            params: { type: 'string' },
          }
          if (vErrors === null) {
            vErrors = [err7]
          } else {
            vErrors.push(err7)
          }
          errors++
        }
      }
      if (data.note !== undefined) {
        let data3 = data.note
        if (typeof data3 === 'string') {
          if (!pattern3.test(data3)) {
            const err8 = {
              instancePath: instancePath + '/note',
              schemaPath: '#/definitions/text/pattern',
              keyword: 'pattern',
              params: { pattern: '\\S' },
            }
            if (vErrors === null) {
              vErrors = [err8]
            } else {
              vErrors.push(err8)
            }
            errors++
          }
        } else {
          const err9 = {
            instancePath: instancePath + '/note',
            schemaPath: '#/definitions/text/type',
            keyword: 'type',
            params: { type: 'string' },
          }
          if (vErrors === null) {
            vErrors = [err9]
          } else {
            vErrors.push(err9)
          }
          errors++
        }
      }
    }
    var _valid0 = _errs5 === errors
    valid0 = _valid0
    ifClause0 = 'else'
  }
  if (!valid0) {
    const err10 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: ifClause0 } }
    if (vErrors === null) {
      vErrors = [err10]
    } else {
      vErrors.push(err10)
    }
    errors++
  }
  validate22.errors = vErrors
  return errors === 0
}

function validate32(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  const _errs3 = errors
  let valid1 = false
  const _errs4 = errors
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing0
    if (data.includes === undefined && (missing0 = 'includes')) {
      const err0 = {}
      if (vErrors === null) {
        vErrors = [err0]
      } else {
        vErrors.push(err0)
      }
      errors++
    }
  }
  var _valid1 = _errs4 === errors
  valid1 = valid1 || _valid1
  if (!valid1) {
    const _errs5 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      let missing1
      if (data.tools === undefined && (missing1 = 'tools')) {
        const err1 = {}
        if (vErrors === null) {
          vErrors = [err1]
        } else {
          vErrors.push(err1)
        }
        errors++
      }
    }
    var _valid1 = _errs5 === errors
    valid1 = valid1 || _valid1
    if (!valid1) {
      const _errs6 = errors
      if (data && typeof data == 'object' && !Array.isArray(data)) {
        let missing2
        if (data.resources === undefined && (missing2 = 'resources')) {
          const err2 = {}
          if (vErrors === null) {
            vErrors = [err2]
          } else {
            vErrors.push(err2)
          }
          errors++
        }
      }
      var _valid1 = _errs6 === errors
      valid1 = valid1 || _valid1
      if (!valid1) {
        const _errs7 = errors
        if (data && typeof data == 'object' && !Array.isArray(data)) {
          let missing3
          if (data.prompts === undefined && (missing3 = 'prompts')) {
            const err3 = {}
            if (vErrors === null) {
              vErrors = [err3]
            } else {
              vErrors.push(err3)
            }
            errors++
          }
        }
        var _valid1 = _errs7 === errors
        valid1 = valid1 || _valid1
      }
    }
  }
  if (!valid1) {
    const err4 = {}
    if (vErrors === null) {
      vErrors = [err4]
    } else {
      vErrors.push(err4)
    }
    errors++
  } else {
    errors = _errs3
    if (vErrors !== null) {
      if (_errs3) {
        vErrors.length = _errs3
      } else {
        vErrors = null
      }
    }
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  if (!_valid0) {
    const _errs8 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.endpoints === undefined) {
        const err5 = {
          instancePath,
          schemaPath: '#/else/required',
          keyword: 'required',
          params: { missingProperty: 'endpoints' },
        }
        if (vErrors === null) {
          vErrors = [err5]
        } else {
          vErrors.push(err5)
        }
        errors++
      }
    }
    var _valid0 = _errs8 === errors
    valid0 = _valid0
  }
  if (!valid0) {
    const err6 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: 'else' } }
    if (vErrors === null) {
      vErrors = [err6]
    } else {
      vErrors.push(err6)
    }
    errors++
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.label === undefined) {
      const err7 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'label' },
      }
      if (vErrors === null) {
        vErrors = [err7]
      } else {
        vErrors.push(err7)
      }
      errors++
    }
    for (const key0 in data) {
      if (!(func2.call(schema17.properties, key0) || pattern2.test(key0))) {
        const err8 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        }
        if (vErrors === null) {
          vErrors = [err8]
        } else {
          vErrors.push(err8)
        }
        errors++
      }
    }
    if (data.label !== undefined) {
      if (
        !validate14(data.label, {
          instancePath: instancePath + '/label',
          parentData: data,
          parentDataProperty: 'label',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors)
        errors = vErrors.length
      }
    }
    if (data.endpoints !== undefined) {
      let data1 = data.endpoints
      if (Array.isArray(data1)) {
        const len0 = data1.length
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate16(data1[i0], {
              instancePath: instancePath + '/endpoints/' + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors)
            errors = vErrors.length
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/endpoints',
          schemaPath: '#/properties/endpoints/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err9]
        } else {
          vErrors.push(err9)
        }
        errors++
      }
    }
    if (data.includes !== undefined) {
      let data3 = data.includes
      if (Array.isArray(data3)) {
        const len1 = data3.length
        for (let i1 = 0; i1 < len1; i1++) {
          if (typeof data3[i1] !== 'string') {
            const err10 = {
              instancePath: instancePath + '/includes/' + i1,
              schemaPath: '#/properties/includes/items/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err10]
            } else {
              vErrors.push(err10)
            }
            errors++
          }
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/includes',
          schemaPath: '#/properties/includes/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err11]
        } else {
          vErrors.push(err11)
        }
        errors++
      }
    }
    if (data.description !== undefined) {
      if (
        !validate14(data.description, {
          instancePath: instancePath + '/description',
          parentData: data,
          parentDataProperty: 'description',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors)
        errors = vErrors.length
      }
    }
    if (data.group !== undefined) {
      if (
        !validate14(data.group, {
          instancePath: instancePath + '/group',
          parentData: data,
          parentDataProperty: 'group',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors)
        errors = vErrors.length
      }
    }
    if (data.risk !== undefined) {
      let data7 = data.risk
      if (typeof data7 !== 'string') {
        const err12 = {
          instancePath: instancePath + '/risk',
          schemaPath: '#/properties/risk/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err12]
        } else {
          vErrors.push(err12)
        }
        errors++
      }
      if (!(data7 === 'low' || data7 === 'medium' || data7 === 'high')) {
        const err13 = {
          instancePath: instancePath + '/risk',
          schemaPath: '#/properties/risk/enum',
          keyword: 'enum',
          params: { allowedValues: schema17.properties.risk.enum },
        }
        if (vErrors === null) {
          vErrors = [err13]
        } else {
          vErrors.push(err13)
        }
        errors++
      }
    }
    if (data.optional !== undefined) {
      if (typeof data.optional !== 'boolean') {
        const err14 = {
          instancePath: instancePath + '/optional',
          schemaPath: '#/properties/optional/type',
          keyword: 'type',
          params: { type: 'boolean' },
        }
        if (vErrors === null) {
          vErrors = [err14]
        } else {
          vErrors.push(err14)
        }
        errors++
      }
    }
    if (data.tools !== undefined) {
      let data9 = data.tools
      if (Array.isArray(data9)) {
        const len2 = data9.length
        for (let i2 = 0; i2 < len2; i2++) {
          let data10 = data9[i2]
          if (typeof data10 === 'string') {
            if (!pattern6.test(data10)) {
              const err15 = {
                instancePath: instancePath + '/tools/' + i2,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err15]
              } else {
                vErrors.push(err15)
              }
              errors++
            }
          } else {
            const err16 = {
              instancePath: instancePath + '/tools/' + i2,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err16]
            } else {
              vErrors.push(err16)
            }
            errors++
          }
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/tools',
          schemaPath: '#/properties/tools/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err17]
        } else {
          vErrors.push(err17)
        }
        errors++
      }
    }
    if (data.resources !== undefined) {
      let data11 = data.resources
      if (Array.isArray(data11)) {
        const len3 = data11.length
        for (let i3 = 0; i3 < len3; i3++) {
          let data12 = data11[i3]
          if (typeof data12 === 'string') {
            if (!pattern6.test(data12)) {
              const err18 = {
                instancePath: instancePath + '/resources/' + i3,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err18]
              } else {
                vErrors.push(err18)
              }
              errors++
            }
          } else {
            const err19 = {
              instancePath: instancePath + '/resources/' + i3,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err19]
            } else {
              vErrors.push(err19)
            }
            errors++
          }
        }
      } else {
        const err20 = {
          instancePath: instancePath + '/resources',
          schemaPath: '#/properties/resources/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err20]
        } else {
          vErrors.push(err20)
        }
        errors++
      }
    }
    if (data.prompts !== undefined) {
      let data13 = data.prompts
      if (Array.isArray(data13)) {
        const len4 = data13.length
        for (let i4 = 0; i4 < len4; i4++) {
          let data14 = data13[i4]
          if (typeof data14 === 'string') {
            if (!pattern6.test(data14)) {
              const err21 = {
                instancePath: instancePath + '/prompts/' + i4,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err21]
              } else {
                vErrors.push(err21)
              }
              errors++
            }
          } else {
            const err22 = {
              instancePath: instancePath + '/prompts/' + i4,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err22]
            } else {
              vErrors.push(err22)
            }
            errors++
          }
        }
      } else {
        const err23 = {
          instancePath: instancePath + '/prompts',
          schemaPath: '#/properties/prompts/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err23]
        } else {
          vErrors.push(err23)
        }
        errors++
      }
    }
    if (data.aliases !== undefined) {
      let data15 = data.aliases
      if (Array.isArray(data15)) {
        const len5 = data15.length
        for (let i5 = 0; i5 < len5; i5++) {
          let data16 = data15[i5]
          if (typeof data16 === 'string') {
            if (!pattern11.test(data16)) {
              const err24 = {
                instancePath: instancePath + '/aliases/' + i5,
                schemaPath: '#/definitions/scopeToken/pattern',
                keyword: 'pattern',
                params: { pattern: '^[!#-\\[\\]-~]+$' },
              }
              if (vErrors === null) {
                vErrors = [err24]
              } else {
                vErrors.push(err24)
              }
              errors++
            }
          } else {
            const err25 = {
              instancePath: instancePath + '/aliases/' + i5,
              schemaPath: '#/definitions/scopeToken/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err25]
            } else {
              vErrors.push(err25)
            }
            errors++
          }
        }
      } else {
        const err26 = {
          instancePath: instancePath + '/aliases',
          schemaPath: '#/properties/aliases/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err26]
        } else {
          vErrors.push(err26)
        }
        errors++
      }
    }
    if (data.requestAs !== undefined) {
      let data17 = data.requestAs
      if (typeof data17 === 'string') {
        if (!pattern11.test(data17)) {
          const err27 = {
            instancePath: instancePath + '/requestAs',
            schemaPath: '#/definitions/scopeToken/pattern',
            keyword: 'pattern',
            params: { pattern: '^[!#-\\[\\]-~]+$' },
          }
          if (vErrors === null) {
            vErrors = [err27]
          } else {
            vErrors.push(err27)
          }
          errors++
        }
      } else {
        const err28 = {
          instancePath: instancePath + '/requestAs',
          schemaPath: '#/definitions/scopeToken/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err28]
        } else {
          vErrors.push(err28)
        }
        errors++
      }
    }
    if (data.deprecated !== undefined) {
      if (
        !validate22(data.deprecated, {
          instancePath: instancePath + '/deprecated',
          parentData: data,
          parentDataProperty: 'deprecated',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors)
        errors = vErrors.length
      }
    }
    if (data.consent !== undefined) {
      let data19 = data.consent
      if (typeof data19 !== 'string') {
        const err29 = {
          instancePath: instancePath + '/consent',
          schemaPath: '#/properties/consent/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err29]
        } else {
          vErrors.push(err29)
        }
        errors++
      }
      if (!(data19 === 'explicit' || data19 === 'implicit')) {
        const err30 = {
          instancePath: instancePath + '/consent',
          schemaPath: '#/properties/consent/enum',
          keyword: 'enum',
          params: { allowedValues: schema17.properties.consent.enum },
        }
        if (vErrors === null) {
          vErrors = [err30]
        } else {
          vErrors.push(err30)
        }
        errors++
      }
    }
  } else {
    const err31 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } }
    if (vErrors === null) {
      vErrors = [err31]
    } else {
      vErrors.push(err31)
    }
    errors++
  }
  validate32.errors = vErrors
  return errors === 0
}

export const validateGrants = validate38
const schema37 = {
  title: 'Grants',
  description: 'What is opened, without the texts of a scope.',
  type: 'object',
  properties: {
    endpoints: {
      title: 'Endpoints',
      description: 'What the scope opens. An empty list opens nothing.',
      type: 'array',
      items: { $ref: '#/definitions/endpoint' },
    },
    tools: {
      title: 'Tools',
      description: 'Names of MCP tools that the scope may call; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
    resources: {
      title: 'Resources',
      description: 'URIs of MCP resources that the scope may read; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
    prompts: {
      title: 'Prompts',
      description: 'Names of MCP prompts that the scope may get; * matches any run of characters.',
      type: 'array',
      items: { $ref: '#/definitions/namePattern' },
    },
  },
  patternProperties: { '^x-': { title: 'Extension', description: 'Ignored.' } },
  additionalProperties: false,
  minProperties: 1,
}

function validate38(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (Object.keys(data).length < 1) {
      const err0 = {
        instancePath,
        schemaPath: '#/minProperties',
        keyword: 'minProperties',
        params: { limit: 1 },
      }
      if (vErrors === null) {
        vErrors = [err0]
      } else {
        vErrors.push(err0)
      }
      errors++
    }
    for (const key0 in data) {
      if (!(
        key0 === 'endpoints' ||
        key0 === 'tools' ||
        key0 === 'resources' ||
        key0 === 'prompts' ||
        pattern2.test(key0)
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        }
        if (vErrors === null) {
          vErrors = [err1]
        } else {
          vErrors.push(err1)
        }
        errors++
      }
    }
    if (data.endpoints !== undefined) {
      let data0 = data.endpoints
      if (Array.isArray(data0)) {
        const len0 = data0.length
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate16(data0[i0], {
              instancePath: instancePath + '/endpoints/' + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors)
            errors = vErrors.length
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/endpoints',
          schemaPath: '#/properties/endpoints/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err2]
        } else {
          vErrors.push(err2)
        }
        errors++
      }
    }
    if (data.tools !== undefined) {
      let data2 = data.tools
      if (Array.isArray(data2)) {
        const len1 = data2.length
        for (let i1 = 0; i1 < len1; i1++) {
          let data3 = data2[i1]
          if (typeof data3 === 'string') {
            if (!pattern6.test(data3)) {
              const err3 = {
                instancePath: instancePath + '/tools/' + i1,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err3]
              } else {
                vErrors.push(err3)
              }
              errors++
            }
          } else {
            const err4 = {
              instancePath: instancePath + '/tools/' + i1,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err4]
            } else {
              vErrors.push(err4)
            }
            errors++
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/tools',
          schemaPath: '#/properties/tools/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err5]
        } else {
          vErrors.push(err5)
        }
        errors++
      }
    }
    if (data.resources !== undefined) {
      let data4 = data.resources
      if (Array.isArray(data4)) {
        const len2 = data4.length
        for (let i2 = 0; i2 < len2; i2++) {
          let data5 = data4[i2]
          if (typeof data5 === 'string') {
            if (!pattern6.test(data5)) {
              const err6 = {
                instancePath: instancePath + '/resources/' + i2,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err6]
              } else {
                vErrors.push(err6)
              }
              errors++
            }
          } else {
            const err7 = {
              instancePath: instancePath + '/resources/' + i2,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err7]
            } else {
              vErrors.push(err7)
            }
            errors++
          }
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/resources',
          schemaPath: '#/properties/resources/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err8]
        } else {
          vErrors.push(err8)
        }
        errors++
      }
    }
    if (data.prompts !== undefined) {
      let data6 = data.prompts
      if (Array.isArray(data6)) {
        const len3 = data6.length
        for (let i3 = 0; i3 < len3; i3++) {
          let data7 = data6[i3]
          if (typeof data7 === 'string') {
            if (!pattern6.test(data7)) {
              const err9 = {
                instancePath: instancePath + '/prompts/' + i3,
                schemaPath: '#/definitions/namePattern/pattern',
                keyword: 'pattern',
                params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              }
              if (vErrors === null) {
                vErrors = [err9]
              } else {
                vErrors.push(err9)
              }
              errors++
            }
          } else {
            const err10 = {
              instancePath: instancePath + '/prompts/' + i3,
              schemaPath: '#/definitions/namePattern/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err10]
            } else {
              vErrors.push(err10)
            }
            errors++
          }
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/prompts',
          schemaPath: '#/properties/prompts/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err11]
        } else {
          vErrors.push(err11)
        }
        errors++
      }
    }
  } else {
    const err12 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } }
    if (vErrors === null) {
      vErrors = [err12]
    } else {
      vErrors.push(err12)
    }
    errors++
  }
  validate38.errors = vErrors
  return errors === 0
}

export const validateEndpoint = validate40

function validate40(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'string' && !(data && typeof data == 'object' && !Array.isArray(data))) {
    const err0 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: schema22.type } }
    if (vErrors === null) {
      vErrors = [err0]
    } else {
      vErrors.push(err0)
    }
    errors++
  }
  const _errs1 = errors
  let valid0 = true
  const _errs2 = errors
  if (typeof data !== 'string') {
    const err1 = {}
    if (vErrors === null) {
      vErrors = [err1]
    } else {
      vErrors.push(err1)
    }
    errors++
  }
  var _valid0 = _errs2 === errors
  errors = _errs1
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1
    } else {
      vErrors = null
    }
  }
  let ifClause0
  if (_valid0) {
    const _errs4 = errors
    if (typeof data === 'string') {
      if (!pattern6.test(data)) {
        const err2 = {
          instancePath,
          schemaPath: '#/definitions/pattern/pattern',
          keyword: 'pattern',
          params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
        }
        if (vErrors === null) {
          vErrors = [err2]
        } else {
          vErrors.push(err2)
        }
        errors++
      }
    } else {
      const err3 = {
        instancePath,
        schemaPath: '#/definitions/pattern/type',
        keyword: 'type',
        params: { type: 'string' },
      }
      if (vErrors === null) {
        vErrors = [err3]
      } else {
        vErrors.push(err3)
      }
      errors++
    }
    var _valid0 = _errs4 === errors
    valid0 = _valid0
    ifClause0 = 'then'
  } else {
    const _errs7 = errors
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (Object.keys(data).length > 1) {
        const err4 = {
          instancePath,
          schemaPath: '#/else/maxProperties',
          keyword: 'maxProperties',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err4]
        } else {
          vErrors.push(err4)
        }
        errors++
      }
      if (Object.keys(data).length < 1) {
        const err5 = {
          instancePath,
          schemaPath: '#/else/minProperties',
          keyword: 'minProperties',
          params: { limit: 1 },
        }
        if (vErrors === null) {
          vErrors = [err5]
        } else {
          vErrors.push(err5)
        }
        errors++
      }
      for (const key0 in data) {
        const _errs8 = errors
        if (typeof key0 === 'string') {
          if (!pattern6.test(key0)) {
            const err6 = {
              instancePath,
              schemaPath: '#/definitions/pattern/pattern',
              keyword: 'pattern',
              params: { pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
              propertyName: key0,
            }
            if (vErrors === null) {
              vErrors = [err6]
            } else {
              vErrors.push(err6)
            }
            errors++
          }
        } else {
          const err7 = {
            instancePath,
            schemaPath: '#/definitions/pattern/type',
            keyword: 'type',
            params: { type: 'string' },
            propertyName: key0,
          }
          if (vErrors === null) {
            vErrors = [err7]
          } else {
            vErrors.push(err7)
          }
          errors++
        }
        var valid2 = _errs8 === errors
        if (!valid2) {
          const err8 = {
            instancePath,
            schemaPath: '#/else/propertyNames',
            keyword: 'propertyNames',
            params: { propertyName: key0 },
          }
          if (vErrors === null) {
            vErrors = [err8]
          } else {
            vErrors.push(err8)
          }
          errors++
        }
      }
      for (const key1 in data) {
        if (
          !validate17(data[key1], {
            instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
            parentData: data,
            parentDataProperty: key1,
            rootData,
          })
        ) {
          vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors)
          errors = vErrors.length
        }
      }
    }
    var _valid0 = _errs7 === errors
    valid0 = _valid0
    ifClause0 = 'else'
  }
  if (!valid0) {
    const err9 = { instancePath, schemaPath: '#/if', keyword: 'if', params: { failingKeyword: ifClause0 } }
    if (vErrors === null) {
      vErrors = [err9]
    } else {
      vErrors.push(err9)
    }
    errors++
  }
  validate40.errors = vErrors
  return errors === 0
}

export const validateOptions = validate42
const schema35 = {
  title: 'Options',
  description: 'How request paths and patterns are read.',
  type: 'object',
  properties: {
    preset: {
      title: 'Preset',
      description:
        'cerb: basePath /rest, extensions json and xml, caseSensitive false, trailingSlash ignore. Options beside it win.',
      type: 'string',
      enum: ['cerb'],
    },
    basePath: {
      title: 'Base path',
      description:
        'The request path must begin with it, on a segment boundary; it is not part of the tested path.',
      type: 'string',
    },
    extensions: {
      title: 'Extensions',
      description: 'Response formats, without the dot, trimmed from the end of the request path.',
      type: 'array',
      items: { title: 'Extension', type: 'string', pattern: '^[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*$' },
    },
    caseSensitive: {
      title: 'Case-sensitive',
      description: 'false folds ASCII letters of paths. Default true.',
      type: 'boolean',
    },
    trailingSlash: {
      title: 'Trailing slash',
      description: 'ignore drops one slash at the end of the request path. Default strict.',
      type: 'string',
      enum: ['strict', 'ignore'],
    },
    wildcard: {
      title: 'Wildcard',
      description:
        'any: * crosses slashes. segment: * stays within one segment, ** spans segments. Default any.',
      type: 'string',
      enum: ['any', 'segment'],
    },
    head: {
      title: 'HEAD',
      description: 'as-get also grants HEAD where GET is granted. Default explicit.',
      type: 'string',
      enum: ['explicit', 'as-get'],
    },
    encodedSlash: {
      title: 'Encoded slash',
      description:
        'data: %2F is a character of a segment. opaque: like data, and never judged in its decoded form. Default refuse.',
      type: 'string',
      enum: ['refuse', 'data', 'opaque'],
    },
    delimiters: {
      title: 'Delimiters',
      description: 'data: ; %3B %3F %23 are characters of a segment. Default refuse.',
      type: 'string',
      enum: ['refuse', 'data'],
    },
    methods: {
      title: 'Methods of the API',
      description: 'What a bare pattern grants. Default DELETE GET PATCH POST PUT.',
      type: 'array',
      minItems: 1,
      items: { $ref: '#/definitions/methodToken' },
    },
    extraMethods: {
      title: 'Further methods',
      description: 'Method tokens outside of the IANA registry that this document may use, such as PURGE.',
      type: 'array',
      items: { title: 'Method', type: 'string', pattern: "^[!#$%&'+.^_`|~0-9A-Za-z-]+$" },
    },
  },
  additionalProperties: false,
}
const pattern15 = new RegExp('^[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*$', 'u')
const pattern16 = new RegExp("^[!#$%&'+.^_`|~0-9A-Za-z-]+$", 'u')

function validate42(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null
  let errors = 0
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema35.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        }
        if (vErrors === null) {
          vErrors = [err0]
        } else {
          vErrors.push(err0)
        }
        errors++
      }
    }
    if (data.preset !== undefined) {
      let data0 = data.preset
      if (typeof data0 !== 'string') {
        const err1 = {
          instancePath: instancePath + '/preset',
          schemaPath: '#/properties/preset/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err1]
        } else {
          vErrors.push(err1)
        }
        errors++
      }
      if (!(data0 === 'cerb')) {
        const err2 = {
          instancePath: instancePath + '/preset',
          schemaPath: '#/properties/preset/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.preset.enum },
        }
        if (vErrors === null) {
          vErrors = [err2]
        } else {
          vErrors.push(err2)
        }
        errors++
      }
    }
    if (data.basePath !== undefined) {
      if (typeof data.basePath !== 'string') {
        const err3 = {
          instancePath: instancePath + '/basePath',
          schemaPath: '#/properties/basePath/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err3]
        } else {
          vErrors.push(err3)
        }
        errors++
      }
    }
    if (data.extensions !== undefined) {
      let data2 = data.extensions
      if (Array.isArray(data2)) {
        const len0 = data2.length
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0]
          if (typeof data3 === 'string') {
            if (!pattern15.test(data3)) {
              const err4 = {
                instancePath: instancePath + '/extensions/' + i0,
                schemaPath: '#/properties/extensions/items/pattern',
                keyword: 'pattern',
                params: { pattern: '^[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*$' },
              }
              if (vErrors === null) {
                vErrors = [err4]
              } else {
                vErrors.push(err4)
              }
              errors++
            }
          } else {
            const err5 = {
              instancePath: instancePath + '/extensions/' + i0,
              schemaPath: '#/properties/extensions/items/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err5]
            } else {
              vErrors.push(err5)
            }
            errors++
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/extensions',
          schemaPath: '#/properties/extensions/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err6]
        } else {
          vErrors.push(err6)
        }
        errors++
      }
    }
    if (data.caseSensitive !== undefined) {
      if (typeof data.caseSensitive !== 'boolean') {
        const err7 = {
          instancePath: instancePath + '/caseSensitive',
          schemaPath: '#/properties/caseSensitive/type',
          keyword: 'type',
          params: { type: 'boolean' },
        }
        if (vErrors === null) {
          vErrors = [err7]
        } else {
          vErrors.push(err7)
        }
        errors++
      }
    }
    if (data.trailingSlash !== undefined) {
      let data5 = data.trailingSlash
      if (typeof data5 !== 'string') {
        const err8 = {
          instancePath: instancePath + '/trailingSlash',
          schemaPath: '#/properties/trailingSlash/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err8]
        } else {
          vErrors.push(err8)
        }
        errors++
      }
      if (!(data5 === 'strict' || data5 === 'ignore')) {
        const err9 = {
          instancePath: instancePath + '/trailingSlash',
          schemaPath: '#/properties/trailingSlash/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.trailingSlash.enum },
        }
        if (vErrors === null) {
          vErrors = [err9]
        } else {
          vErrors.push(err9)
        }
        errors++
      }
    }
    if (data.wildcard !== undefined) {
      let data6 = data.wildcard
      if (typeof data6 !== 'string') {
        const err10 = {
          instancePath: instancePath + '/wildcard',
          schemaPath: '#/properties/wildcard/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err10]
        } else {
          vErrors.push(err10)
        }
        errors++
      }
      if (!(data6 === 'any' || data6 === 'segment')) {
        const err11 = {
          instancePath: instancePath + '/wildcard',
          schemaPath: '#/properties/wildcard/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.wildcard.enum },
        }
        if (vErrors === null) {
          vErrors = [err11]
        } else {
          vErrors.push(err11)
        }
        errors++
      }
    }
    if (data.head !== undefined) {
      let data7 = data.head
      if (typeof data7 !== 'string') {
        const err12 = {
          instancePath: instancePath + '/head',
          schemaPath: '#/properties/head/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err12]
        } else {
          vErrors.push(err12)
        }
        errors++
      }
      if (!(data7 === 'explicit' || data7 === 'as-get')) {
        const err13 = {
          instancePath: instancePath + '/head',
          schemaPath: '#/properties/head/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.head.enum },
        }
        if (vErrors === null) {
          vErrors = [err13]
        } else {
          vErrors.push(err13)
        }
        errors++
      }
    }
    if (data.encodedSlash !== undefined) {
      let data8 = data.encodedSlash
      if (typeof data8 !== 'string') {
        const err14 = {
          instancePath: instancePath + '/encodedSlash',
          schemaPath: '#/properties/encodedSlash/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err14]
        } else {
          vErrors.push(err14)
        }
        errors++
      }
      if (!(data8 === 'refuse' || data8 === 'data' || data8 === 'opaque')) {
        const err15 = {
          instancePath: instancePath + '/encodedSlash',
          schemaPath: '#/properties/encodedSlash/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.encodedSlash.enum },
        }
        if (vErrors === null) {
          vErrors = [err15]
        } else {
          vErrors.push(err15)
        }
        errors++
      }
    }
    if (data.delimiters !== undefined) {
      let data9 = data.delimiters
      if (typeof data9 !== 'string') {
        const err16 = {
          instancePath: instancePath + '/delimiters',
          schemaPath: '#/properties/delimiters/type',
          keyword: 'type',
          params: { type: 'string' },
        }
        if (vErrors === null) {
          vErrors = [err16]
        } else {
          vErrors.push(err16)
        }
        errors++
      }
      if (!(data9 === 'refuse' || data9 === 'data')) {
        const err17 = {
          instancePath: instancePath + '/delimiters',
          schemaPath: '#/properties/delimiters/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.delimiters.enum },
        }
        if (vErrors === null) {
          vErrors = [err17]
        } else {
          vErrors.push(err17)
        }
        errors++
      }
    }
    if (data.methods !== undefined) {
      let data10 = data.methods
      if (Array.isArray(data10)) {
        if (data10.length < 1) {
          const err18 = {
            instancePath: instancePath + '/methods',
            schemaPath: '#/properties/methods/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
          }
          if (vErrors === null) {
            vErrors = [err18]
          } else {
            vErrors.push(err18)
          }
          errors++
        }
        const len1 = data10.length
        for (let i1 = 0; i1 < len1; i1++) {
          let data11 = data10[i1]
          if (typeof data11 !== 'string') {
            const err19 = {
              instancePath: instancePath + '/methods/' + i1,
              schemaPath: '#/definitions/methodToken/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err19]
            } else {
              vErrors.push(err19)
            }
            errors++
          }
          if (!(
            data11 === 'ACL' ||
            data11 === 'BASELINE-CONTROL' ||
            data11 === 'BIND' ||
            data11 === 'CHECKIN' ||
            data11 === 'CHECKOUT' ||
            data11 === 'CONNECT' ||
            data11 === 'COPY' ||
            data11 === 'DELETE' ||
            data11 === 'GET' ||
            data11 === 'HEAD' ||
            data11 === 'LABEL' ||
            data11 === 'LINK' ||
            data11 === 'LOCK' ||
            data11 === 'MERGE' ||
            data11 === 'MKACTIVITY' ||
            data11 === 'MKCALENDAR' ||
            data11 === 'MKCOL' ||
            data11 === 'MKREDIRECTREF' ||
            data11 === 'MKWORKSPACE' ||
            data11 === 'MOVE' ||
            data11 === 'OPTIONS' ||
            data11 === 'ORDERPATCH' ||
            data11 === 'PATCH' ||
            data11 === 'POST' ||
            data11 === 'PRI' ||
            data11 === 'PROPFIND' ||
            data11 === 'PROPPATCH' ||
            data11 === 'PUT' ||
            data11 === 'QUERY' ||
            data11 === 'REBIND' ||
            data11 === 'REPORT' ||
            data11 === 'SEARCH' ||
            data11 === 'TRACE' ||
            data11 === 'UNBIND' ||
            data11 === 'UNCHECKOUT' ||
            data11 === 'UNLINK' ||
            data11 === 'UNLOCK' ||
            data11 === 'UPDATE' ||
            data11 === 'UPDATEREDIRECTREF' ||
            data11 === 'VERSION-CONTROL'
          )) {
            const err20 = {
              instancePath: instancePath + '/methods/' + i1,
              schemaPath: '#/definitions/methodToken/enum',
              keyword: 'enum',
              params: { allowedValues: schema13.enum },
            }
            if (vErrors === null) {
              vErrors = [err20]
            } else {
              vErrors.push(err20)
            }
            errors++
          }
        }
      } else {
        const err21 = {
          instancePath: instancePath + '/methods',
          schemaPath: '#/properties/methods/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err21]
        } else {
          vErrors.push(err21)
        }
        errors++
      }
    }
    if (data.extraMethods !== undefined) {
      let data12 = data.extraMethods
      if (Array.isArray(data12)) {
        const len2 = data12.length
        for (let i2 = 0; i2 < len2; i2++) {
          let data13 = data12[i2]
          if (typeof data13 === 'string') {
            if (!pattern16.test(data13)) {
              const err22 = {
                instancePath: instancePath + '/extraMethods/' + i2,
                schemaPath: '#/properties/extraMethods/items/pattern',
                keyword: 'pattern',
                params: { pattern: "^[!#$%&'+.^_`|~0-9A-Za-z-]+$" },
              }
              if (vErrors === null) {
                vErrors = [err22]
              } else {
                vErrors.push(err22)
              }
              errors++
            }
          } else {
            const err23 = {
              instancePath: instancePath + '/extraMethods/' + i2,
              schemaPath: '#/properties/extraMethods/items/type',
              keyword: 'type',
              params: { type: 'string' },
            }
            if (vErrors === null) {
              vErrors = [err23]
            } else {
              vErrors.push(err23)
            }
            errors++
          }
        }
      } else {
        const err24 = {
          instancePath: instancePath + '/extraMethods',
          schemaPath: '#/properties/extraMethods/type',
          keyword: 'type',
          params: { type: 'array' },
        }
        if (vErrors === null) {
          vErrors = [err24]
        } else {
          vErrors.push(err24)
        }
        errors++
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } }
    if (vErrors === null) {
      vErrors = [err25]
    } else {
      vErrors.push(err25)
    }
    errors++
  }
  validate42.errors = vErrors
  return errors === 0
}
