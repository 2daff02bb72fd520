import type { CapturedRequest } from './useWiretap.js';

/** The request on paper. The proof is cut short: the whole of it stays where the attacks take it from. */
export const CapturedView = ({ request }: { request: CapturedRequest }) => (
  <figure className="desk-paper">
    <figcaption className="small quiet">
      {request.hasProof ? 'Captured, with its proof' : 'Captured; it carried no proof'}
    </figcaption>
    <pre>
      <code>
        <strong>
          {request.method} {request.path}
        </strong>
        {'\n'}
        {Object.entries(request.headers).map(([name, value]) => (
          <span key={name}>
            {name}: {shorten(value)}
            {'\n'}
          </span>
        ))}
        <span className="quiet">cookie: sent by the browser, read by no script</span>
        {request.body ? `\n\n${JSON.stringify(JSON.parse(request.body), null, 2)}` : null}
      </code>
    </pre>
  </figure>
);

const shorten = (value: string): string => (value.length > 24 ? `${value.slice(0, 12)}…` : value);
