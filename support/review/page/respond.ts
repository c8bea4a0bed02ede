/**
 * Runs in the reviewer's browser: saves each word, walks through the rows, and signs. It is carried into the page as text,
 * so it can refer to nothing outside itself.
 */
export function respond(page: Document): void {
  const by = page.querySelector<HTMLInputElement>('#by')!;
  const standing = page.querySelector('#standing')!;
  const rows = [...page.querySelectorAll<HTMLElement>('[data-row]')];

  const post = async (
    what: string,
    body: object,
  ): Promise<{ said?: string; standing?: string; wrong?: string }> => {
    try {
      const answer = await fetch(what, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return await answer.json();
    } catch {
      return {
        wrong:
          'The kit does not answer any more: start it again with the same command. What was saved is kept.',
      };
    }
  };

  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-rows]')) {
    const output = form.querySelector('output')!;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const alike = data.get('alike');
      const {
        said,
        standing: now,
        wrong,
      } = await post('say', {
        rows: [form.dataset.rows, ...(alike ? String(alike).split(' ') : [])],
        answer: data.get('answer') ?? '',
        reason: data.get('reason') ?? '',
        by: by.value,
        ...(data.get('lastDay') ? { lastDay: data.get('lastDay') } : {}),
      });
      output.textContent = wrong ?? said ?? '';
      output.classList.toggle('wrong', Boolean(wrong));
      if (now) standing.textContent = now;
    });
  }

  page.querySelector('#sign')!.addEventListener('click', async () => {
    const { said, wrong } = await post('sign', {});
    standing.textContent = wrong ?? said ?? '';
  });

  page.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const typing = (target as HTMLElement).matches('input:not([type=radio], [type=checkbox]), textarea');
    const at = rows.findIndex((row) => row.contains(page.activeElement));
    if (typing || ctrlKey || metaKey || altKey) return;
    const answer = rows[at]?.querySelectorAll<HTMLInputElement>('[name=answer]')[Number(key) - 1];
    if (answer) answer.checked = true;
    if (key === 'r') {
      rows[at]?.querySelector('textarea')?.focus();
      event.preventDefault();
    }
    if (key !== 'n' && key !== 'p') return;
    const next = rows[key === 'n' ? at + 1 : Math.max(0, at - 1)];
    next?.scrollIntoView();
    next?.focus();
  });
}
