import { useState } from 'react';

export const Form = ({ label, onSend }: { label: string; onSend: (value: string) => Promise<unknown> }) => {
  const [problem, setProblem] = useState('');
  const send = async (data: FormData) => {
    setProblem('');
    try {
      await onSend(String(data.get('value')));
    } catch (error) {
      setProblem(error instanceof Error ? error.name : 'Failed');
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      <label>
        {label} <input name="value" />
      </label>
      <button>Send</button>
      <p role="alert">{problem}</p>
    </form>
  );
};
