/**
 * Where the loader knowingly differs from what a suite says, each with the reason. A test fails when an
 * entry is not a difference (any more), so that the list stays true.
 */
type Known = Readonly<Record<string, readonly string[]>>

/** Cases that are errors, refused here with the code of another defect. */
export const YAML_TOLD_OTHERWISE: Known = {
  'there is nothing behind the directives, which is told as an empty document': ['9MMA', 'SF5V'],
}

/** Texts that are JSON and are refused. */
export const JSON_REFUSED: Known = {
  'a key that stands twice is an error, since two readers may take different values': [
    'y_object_duplicated_key.json',
    'y_object_duplicated_key_and_value.json',
  ],
  'DEL is a control character, which nobody sees in a review': [
    'y_string_unescaped_char_delete.json',
    'y_string_with_del_character.json',
  ],
}

/** Texts that are JSON and mean another policy than what `JSON.parse` makes of them. */
export const JSON_READ_OTHERWISE: Known = {
  'a number in the place of a string is the text as it was typed, which `JSON.parse` does not keep': [
    'y_number.json',
    'y_number_0e+1.json',
    'y_number_0e1.json',
    'y_number_double_close_to_zero.json',
    'y_number_int_with_exp.json',
    'y_number_minus_zero.json',
    'y_number_negative_zero.json',
    'y_number_real_capital_e.json',
    'y_number_real_capital_e_neg_exp.json',
    'y_number_real_capital_e_pos_exp.json',
    'y_number_real_exponent.json',
    'y_number_real_fraction_exponent.json',
    'y_number_real_neg_exp.json',
    'y_number_real_pos_exponent.json',
    'y_object_extreme_numbers.json',
  ],
  'a key that stands twice is an error, of which `JSON.parse` does not know': [
    'y_object_duplicated_key.json',
    'y_object_duplicated_key_and_value.json',
  ],
}

/** Texts that are no JSON and load, because they are YAML. */
export const JSON_LOADED: Known = {
  'a plain scalar needs no quotes, whatever it looks like': [
    ...['n_incomplete_false', 'n_incomplete_null', 'n_incomplete_true', 'n_array_1_true_without_comma'],
    ...['n_number_++', 'n_number_+1', 'n_number_+Inf', 'n_number_-01', 'n_number_-1.0.', 'n_number_-2.'],
    ...[
      'n_number_-NaN',
      'n_number_.-1',
      'n_number_.2e-3',
      'n_number_0.1.2',
      'n_number_0.3e+',
      'n_number_0.3e',
    ],
    ...['n_number_0.e1', 'n_number_0_capital_E+', 'n_number_0_capital_E', 'n_number_0e+', 'n_number_0e'],
    ...['n_number_1.0e+', 'n_number_1.0e-', 'n_number_1.0e', 'n_number_1_000', 'n_number_1eE2'],
    ...['n_number_2.e+3', 'n_number_2.e-3', 'n_number_2.e3', 'n_number_9.e+', 'n_number_Inf', 'n_number_NaN'],
    ...['n_number_U+FF11_fullwidth_digit_one', 'n_number_expression', 'n_number_hex_1_digit'],
    ...['n_number_hex_2_digits', 'n_number_infinity', 'n_number_invalid+-', 'n_number_invalid-negative-real'],
    ...['n_number_minus_infinity', 'n_number_minus_sign_with_trailing_garbage'],
    ...['n_number_neg_int_starting_with_zero', 'n_number_neg_real_without_int_part'],
    ...['n_number_neg_with_garbage_at_end', 'n_number_real_garbage_after_e'],
    ...['n_number_real_without_fractional_part', 'n_number_starting_with_dot', 'n_number_with_alpha'],
    ...['n_number_with_alpha_char', 'n_number_with_leading_zero', 'n_array_items_separated_by_semicolon'],
    ...['n_object_bad_value', 'n_object_double_colon', 'n_object_emoji', 'n_object_unquoted_key'],
    ...['n_string_accentuated_char_no_quotes', 'n_string_leading_uescaped_thinspace'],
    ...['n_string_no_quotes_with_bad_escape', 'n_string_single_string_no_double_quotes'],
    ...['n_structure_U+2060_word_joined', 'n_structure_angle_bracket_.', 'n_structure_angle_bracket_null'],
    ...['n_structure_ascii-unicode-identifier', 'n_structure_capitalized_True'],
    ...['n_structure_number_with_trailing_garbage', 'n_structure_object_with_comment'],
    ...['n_structure_uescaped_LF_before_string', 'n_structure_unicode-identifier'],
    ...['n_structure_whitespace_U+2060_word_joiner'],
  ].map((name) => `${name}.json`),
  'a comma may stand behind the last item': [
    'n_array_extra_comma.json',
    'n_array_number_and_comma.json',
    'n_array_comma_after_close.json',
    'n_object_trailing_comma.json',
  ],
  'a pair may stand in a list, and a key without a value or a value without a key in a mapping': [
    'n_array_colon_instead_of_comma.json',
    'n_object_comma_instead_of_colon.json',
    'n_object_missing_key.json',
    'n_object_with_single_string.json',
  ],
  'any scalar is a key': [
    'n_object_non_string_key.json',
    'n_object_non_string_key_but_huge_number_instead.json',
  ],
  'there are single quotes': [
    'n_object_key_with_single_quotes.json',
    'n_object_single_quote.json',
    'n_string_single_quote.json',
  ],
  'quoted text has more escapes, goes on over lines and may hold tabs': [
    'n_string_escape_x.json',
    'n_string_escaped_ctrl_char_tab.json',
    'n_string_invalid_backslash_esc.json',
    'n_string_unescaped_newline.json',
    'n_string_unescaped_tab.json',
  ],
  'nothing is null': ['n_single_space.json', 'n_structure_no_data.json', 'n_structure_UTF8_BOM_no_data.json'],
}

export function namesOf(known: Known): readonly string[] {
  return Object.values(known).flat().sort()
}
