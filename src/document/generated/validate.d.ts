/** One finding of the validator: which keyword of the schema failed, and where in the data. */
export interface ShapeError {
  /** JSON Pointer (RFC 6901) into the data. */
  instancePath: string
  keyword: string
  params: Record<string, unknown>
}

export declare const validate: {
  (data: unknown): boolean
  errors: ShapeError[] | null
}
export default validate
