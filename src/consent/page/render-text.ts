import { type Content, markup } from './html.ts'

/** A text of the frame with text of others in the place of `{name}`, isolated from it. */
export function withText(frame: string, name: string, value: string): Content {
  return frame
    .split(`{${name}}`)
    .map((part, index) => (index === 0 ? part : [markup`<bdi>${value}</bdi>`, part]))
}
