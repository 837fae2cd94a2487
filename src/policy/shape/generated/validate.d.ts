/** One finding of a validator: which keyword of the schema failed, and where in the data. */
export interface ShapeError {
  /** JSON Pointer (RFC 6901) into the data. */
  instancePath: string
  keyword: string
  params: Record<string, unknown>
}

export interface Validator {
  (data: unknown): boolean
  errors: ShapeError[] | null
}

/** Each is one definition of the schema. */
export declare const validateName: Validator
export declare const validateScope: Validator
export declare const validateGrants: Validator
export declare const validateEndpoint: Validator
export declare const validateOptions: Validator
