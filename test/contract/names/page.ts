/** Writes docs/names.md from the lists: `npm run names`. */
import { client, enums, events, leftOut, members, objectForm, react, selfNamed, types } from './published.js';

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const code = (name: string): string => `\`${name}\``;
const list = (names: readonly string[]): string => names.map(code).join(', ');

export const namesPage = (): string => `# Published names

Every name of Dynamic's end-user MFA that concerns MFA, passkeys, step-up and the session, and where this kit has it. Made from the lists
that the tests hold against the kit; what each does is in the README and in the editor.

## \`@dynamic-labs/sdk-react-core\`: import from \`mfa-kit\`

${table(
  ['Name', 'Gives'],
  [
    ...react.hooks.map((hook) => [
      code(`${hook}()`),
      hook in members
        ? list(members[hook as keyof typeof members])
        : hook in selfNamed
          ? `the function ${code(selfNamed[hook as keyof typeof selfNamed])}, which carries itself under this name`
          : '',
    ]),
    ...react.others.map((name) => [code(name), '']),
  ],
)}

Types: ${list(react.types)}.

Events of \`useDynamicEvents\` and \`dynamicEvents\`: ${list(events.react)}.

Callbacks and handlers of \`<DynamicContextProvider settings>\`: ${list(events.callbacks)}.

## \`@dynamic-labs-sdk/client\`: import from \`mfa-kit/client\`

Functions, each with an optional client as its last argument: ${list(client.functions)}.

Errors: ${list(client.errors)}.

Members of a client: ${list(client.getters)}.

Events of \`onEvent\`: ${list(events.client)}.

## \`@dynamic-labs/sdk-api-core\`: import from \`mfa-kit\` or \`mfa-kit/client\`

Enumerations, as constant objects whose plain strings fit too: ${list(enums)}.

Types: ${list(types)}.

## The object form: \`createClient()\` of \`mfa-kit/client\` and \`mfa-kit/native\`

${list(objectForm.map((path) => `client.${path}`))}.

## Left out on purpose

${table(
  ['Name', 'Why'],
  leftOut.map(([names, why]) => [list(names), why]),
)}
`;
