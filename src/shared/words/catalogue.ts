import type { en } from './en';

/** Texts of one language, by area and name. */
export type Catalogue = typeof en;

/** What every language has to say: the areas and names of the English one, whatever the text. */
export type Translation = {
  readonly [Area in keyof Catalogue]: { readonly [Name in keyof Catalogue[Area]]: string };
};

/** `area.name` of a text. */
export type WordKey = {
  [Area in keyof Catalogue]: `${Area}.${keyof Catalogue[Area] & string}`;
}[keyof Catalogue];

/** The English text of a key, as a literal type. */
export type TextOf<Key extends WordKey> = Key extends `${infer Area}.${infer Name}`
  ? Area extends keyof Catalogue
    ? Name extends keyof Catalogue[Area]
      ? Catalogue[Area][Name]
      : never
    : never
  : never;

/** A branch of a plural is no name of a parameter: it has a space, a # or a sign in it. */
type Name<Text extends string> = Text extends
  | ''
  | `${string}${' ' | '#' | '{' | '.' | ':'}${string}`
  ? never
  : Text;

/** Names of the parameters in an ICU message: `{n}` or `{n, plural, ...}`. */
export type ParameterOf<Text> = Text extends `${string}{${infer Rest}`
  ? | (Rest extends `${infer Inside}}${string}`
        ? Name<Inside extends `${infer Head}, ${'plural' | 'select'},${string}` ? Head : Inside>
        : never)
    | ParameterOf<Rest>
  : never;

export type Values = Readonly<Record<string, string | number>>;

/** What has to be given with a key: nothing, or a value for every parameter of its text. */
export type ValuesOf<Key extends WordKey> = [ParameterOf<TextOf<Key>>] extends [never]
  ? []
  : [values: Readonly<Record<ParameterOf<TextOf<Key>>, string | number>>];
