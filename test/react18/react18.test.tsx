import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { version } from 'react';
import { version as domVersion } from 'react-dom';
import { expect, test } from 'vitest';

test('this project really runs React 18, and only one of it', async () => {
  expect([version, domVersion]).toEqual(['18.3.1', '18.3.1']);
  // Two copies would fail here: the query library's hooks belong to the React that rendered nothing.
  const Answer = () => <p>{useQuery({ queryKey: ['answer'], queryFn: () => 'one React' }).data}</p>;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Answer />
    </QueryClientProvider>,
  );
  expect((await screen.findByText('one React')).isConnected).toBe(true);
});
