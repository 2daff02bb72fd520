/**
 * A function that carries itself under its own name, because published guides use both
 * `const prompt = usePromptMfaAuth()` and `const { promptMfaAuth } = usePromptMfaAuth()`.
 */
export type SelfNamed<TName extends string, TFunction> = TFunction & { readonly [key in TName]: TFunction };

/** @internal */
export const selfNamed = <TName extends string, TFunction extends (...args: never[]) => unknown>(
  name: TName,
  run: TFunction,
): SelfNamed<TName, TFunction> => Object.defineProperty(run, name, { value: run }) as SelfNamed<TName, TFunction>;
