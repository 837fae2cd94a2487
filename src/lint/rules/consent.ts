/** Rules about what people read on the consent screen, in order. */
import { inGroup, type Rule } from '../rule.ts'
import { implicitConsent } from './consent/implicit-consent.ts'
import { duplicateLabel } from './consent/duplicate-label.ts'
import { labelContradictsMethods } from './consent/label-contradicts-methods.ts'
import { labelContradictsTools } from './consent/label-contradicts-tools.ts'
import { labelInvisibleCharacters } from './consent/label-invisible-characters.ts'
import { labelIsName } from './consent/label-is-name.ts'
import { labelLocaleTag } from './consent/label-locale-tag.ts'
import { labelLocaleWithoutPage } from './consent/label-locale-without-page.ts'
import { labelMissingLocale } from './consent/label-missing-locale.ts'
import { labelStyle } from './consent/label-style.ts'
import { labelTooLong } from './consent/label-too-long.ts'
import { riskMissing } from './consent/risk-missing.ts'

export const CONSENT_RULES: readonly Rule[] = inGroup('consent', [
  labelContradictsMethods,
  labelContradictsTools,
  duplicateLabel,
  labelIsName,
  labelMissingLocale,
  labelLocaleTag,
  labelLocaleWithoutPage,
  labelTooLong,
  labelInvisibleCharacters,
  labelStyle,
  implicitConsent,
  riskMissing,
])
