/**
 * English verbs of labels: those that promise to change nothing, and those that announce a change.
 *
 * Where in doubt a verb is left out of the first list and put into the others: a label is accused only of
 * what it says beyond doubt. So `check` and `access` promise nothing here.
 */

export const READING_VERBS: readonly string[] = words(`
  browse display download fetch find get inspect list lookup monitor preview query read retrieve search see
  show view
`)

export const WRITING_VERBS: readonly string[] = words(`
  accept act activate add adjust administer alter append approve archive assign attach authorize ban block
  buy call cancel change clear close collaborate complete compose configure connect contribute control convert
  copy create customise customize deactivate decline delete deploy deprovision destroy detach disable
  disconnect dismiss draft drop edit enable enroll erase execute follow forward generate handle hide
  impersonate import insert install interact invite invoke join kick launch leave load lock maintain make
  manage merge moderate modify move mute open operate organise organize overwrite patch pause pay perform pin
  post prepend process provision publish purge put react rebuild register reject release remove rename reopen
  reorder replace reply reschedule reset respond restart restore resume resync revoke rotate run save sell
  send set share sign skip start stop submit subscribe suspend sync synchronise synchronize take terminate
  toggle transfer trash trigger unarchive unassign unblock undo unfollow uninstall unlink unlock unmute unpin
  unpublish unshare unsubscribe update upgrade upload vote wipe write
`)

/** Those of {@link WRITING_VERBS} after which something is gone. */
export const DELETING_VERBS: readonly string[] = words(`delete destroy erase purge remove wipe`)

/** Verbs that are nouns as often; they announce a change only where a verb is expected. */
export const WRITING_NOUNS: readonly string[] = words(`
  book bookmark charge comment duplicate feature flag grant issue label like link mark message order place play
  purchase rate record refund report request schedule star store tag use
`)

/** Words that are no verbs and announce changes all the same. */
export const WRITING_WORDS: readonly string[] = words('admin full readwrite rw unlimited unrestricted')

/** `studies` beside `study`, `writes` beside `write`. */
export function thirdPerson(verb: string): string {
  if (/(?:[sxz]|[cs]h|o)$/.test(verb)) return `${verb}es`
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`
}

/** `writing`, `showing`, and both of `geting` and `getting`: a form too many does no harm. */
export function gerunds(verb: string): readonly string[] {
  const stem = /[^e]e$/.test(verb) ? verb.slice(0, -1) : verb
  return [`${stem}ing`, `${stem}${stem.slice(-1)}ing`]
}

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/)
}
