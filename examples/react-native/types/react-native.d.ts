// What the example uses of React Native, so that it is type-checked without installing it.
declare module 'react-native' {
  import type { ReactElement, ReactNode } from 'react';

  export function Text(props: { children?: ReactNode; selectable?: boolean }): ReactElement;
  export function View(props: { children?: ReactNode }): ReactElement;
  export function Modal(props: { children?: ReactNode; visible: boolean; onRequestClose?: () => void }): ReactElement;
  export function Button(props: { title: string; onPress: () => void; disabled?: boolean }): ReactElement;
  export function TextInput(props: {
    value: string;
    onChangeText: (text: string) => void;
    accessibilityLabel: string;
    autoCapitalize?: 'none';
    autoComplete?: 'email' | 'one-time-code' | 'off';
    inputMode?: 'email' | 'numeric' | 'text';
  }): ReactElement;
  export const Linking: { openURL(url: string): Promise<unknown> };
}
