import { useRef, useState } from 'react';
import { HeldBackError } from './refusals.js';

/** A request as malware in the page would see it. The cookie is not among the headers: no script reads it. */
export interface CapturedRequest {
  method: string;
  path: string;
  /** The proof is in here when there is one. */
  headers: Record<string, string>;
  body: string | undefined;
  hasProof: boolean;
}

export const transmit = ({ method, path, headers, body }: CapturedRequest): Promise<Response> =>
  fetch(path, { method, headers, body });

/** Stands where malware would: keeps the last protected request that counted, and holds one back when told to. */
export const useWiretap = () => {
  const [last, setLast] = useState<CapturedRequest>();
  const [isHolding, setHolding] = useState(false);
  const holds = useRef(false);

  const hold = (wanted: boolean): void => {
    holds.current = wanted;
    setHolding(wanted);
  };

  const pass = async (request: CapturedRequest): Promise<Response> => {
    if (holds.current && request.hasProof) {
      hold(false);
      setLast(request);
      throw new HeldBackError();
    }
    const response = await transmit(request);
    if (response.ok) setLast(request);
    return response;
  };

  return { last, isHolding, hold, pass };
};

export type Wiretap = ReturnType<typeof useWiretap>;
