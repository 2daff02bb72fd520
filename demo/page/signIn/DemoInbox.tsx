import { useEffect, useState } from 'react';

interface Mail {
  id: number;
  to: string;
  code: string;
  sentAt: number;
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The demo has no mail server: what it would send appears here and in the terminal. */
export const DemoInbox = () => {
  const [mails, setMails] = useState<readonly Mail[]>([]);
  useEffect(() => {
    const source = new EventSource('/demo/inbox');
    source.onmessage = (event: MessageEvent<string>) => setMails(JSON.parse(event.data) as Mail[]);
    return () => source.close();
  }, []);
  const newest = mails.slice(-2).reverse();
  return (
    <section className="inbox" aria-labelledby="inbox-title">
      <h2 id="inbox-title">
        <svg
          width="18"
          height="18"
          viewBox="0 0 20 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <rect x="2.5" y="4" width="15" height="12" rx="2" />
          <path d="m3 5.5 7 5.5 7-5.5" />
        </svg>
        Your inbox, for this demo
      </h2>
      <ul aria-live="polite">
        {newest.length === 0 ? (
          <li className="inbox-empty small quiet">Sign-in codes arrive here and in the terminal.</li>
        ) : (
          newest.map((mail) => (
            <li key={mail.id} className="inbox-mail">
              <span>
                <span className="small">Your Harbor sign-in code</span>
                <span className="inbox-to small quiet">
                  {mail.to}, {time.format(mail.sentAt)}
                </span>
              </span>
              <span className="inbox-code figure">{mail.code}</span>
            </li>
          ))
        )}
      </ul>
    </section>
  );
};
